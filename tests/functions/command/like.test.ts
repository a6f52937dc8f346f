import { describe, expect, test } from "vitest";
import { editCommand } from "../../../functions/command/edit.ts";
import { generateCommand } from "../../../functions/command/generate.ts";
import { applySettings, changedWeights, settingsOf } from "../../../functions/command/like.ts";
import { toy } from "../setup.ts";

function told(argv: readonly string[], command = generateCommand()) {
  command.parseOptions([...argv]);
  return command;
}

const made = [
  "-p",
  "bag",
  "-p",
  "dress",
  "-n",
  "7",
  "-g",
  "0",
  "--scheduler",
  "ddpm",
  "--eta",
  "0.5",
  "--columns",
  "1",
];

describe("the settings of a picture", () => {
  const written = settingsOf(told([...made, "--out", "secret/place.png", "--frames", "f", "--device", "wasm"]), {
    model: toy,
    found: { seed: 0 },
  });

  test("are the options that make it again, the found ones too, and no name of a file", () => {
    expect(written).toEqual({
      command: "generate",
      fingerprint: toy.fingerprint,
      prompt: ["bag", "dress"],
      seed: 0,
      steps: 7,
      guidance: 0,
      scheduler: "ddpm",
      eta: 0.5,
      columns: 1,
      scale: 1,
      model: "emoji",
    });
    expect(JSON.stringify(written)).not.toContain("secret");
  });

  test("give the same options back", () => {
    const command = told([]);
    applySettings(command, written, "a.png");
    expect(command.opts()).toMatchObject({ ...told([...made, "-s", "0"]).opts() });
    expect(settingsOf(command, { model: toy, found: {} })).toEqual(written);
  });

  test("yield to what the command line says, and never choose a file", () => {
    const command = told(["-p", "coat", "--steps", "20"]);
    applySettings(command, { ...written, out: "elsewhere.png", frames: "x", device: "cuda" }, "a.png");
    expect(command.opts()).toMatchObject({ prompt: ["coat"], steps: 20, guidance: 0, seed: 0, out: "picture.png" });
    expect(command.opts()).not.toHaveProperty("frames");
    expect(command.opts()).not.toHaveProperty("device");
  });

  test("of another verb count as far as they go", () => {
    const command = told([], editCommand());
    applySettings(command, { ...written, prompt: "bag", strength: 0.25, sketch: true }, "a.png");
    expect(command.opts()).toMatchObject({ steps: 7, strength: 0.25, sketch: true, prompt: "bag", model: "emoji" });
  });

  test.each([
    [{ steps: "many" }, 'Cannot use --steps: found "many", expected a number'],
    [{ steps: -1 }, "expected a whole number of 0 or more"],
    [{ steps: ["1", "2"] }, "found several values for --steps, expected one"],
    [{ scale: 1e9 }, "expected a whole number from 1 to 100"],
    [{ guidance: true }, "found true for --guidance"],
  ])("that make no sense are refused: %j", (settings, message) => {
    expect(() => applySettings(told([]), settings as never, "a.png")).toThrow(RangeError);
    expect(() => applySettings(told([]), settings as never, "a.png")).toThrow(
      new RegExp(`^Cannot take settings from a\\.png: .*${message}`),
    );
  });
});

test("other weights are told of", () => {
  expect(changedWeights({}, toy)).toBeUndefined();
  expect(changedWeights({ liked: { fingerprint: toy.fingerprint } }, toy)).toBeUndefined();
  expect(changedWeights({ liked: { fingerprint: "beef" } }, toy)).toContain("made by other weights (beef) than toy");
});
