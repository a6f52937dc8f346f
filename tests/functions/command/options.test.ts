import { expect, test } from "vitest";
import { editCommand } from "../../../functions/command/edit.ts";
import { generateCommand } from "../../../functions/command/generate.ts";

async function read(argv: readonly string[], command = generateCommand()) {
  await command.action(() => {}).parseAsync([...argv], { from: "user" });
  return command.opts();
}

test("nothing said is a picture by emoji, with the defaults that --help names", async () => {
  expect(await read([])).toEqual({
    prompt: [],
    out: "picture.png",
    settings: true,
    columns: 5,
    scale: 1,
    model: "emoji",
  });
});

test("what is said is taken, and --prompt again and again", async () => {
  const argv =
    "-p bag --prompt coat -s 0 -n 5 -g 1.5 --scheduler ddpm --eta 0 -o a.png --frames f --columns 2 --scale 3 --no-settings";
  expect(await read([...argv.split(" "), "-p", "ankle boot"])).toMatchObject({
    prompt: ["bag", "coat", "ankle boot"],
    seed: 0,
    steps: 5,
    guidance: 1.5,
    scheduler: "ddpm",
    eta: 0,
    out: "a.png",
    frames: "f",
    columns: 2,
    scale: 3,
    settings: false,
  });
});

test("two commands share no options", async () => {
  await read(["-p", "bag"]);
  expect((await read([])).prompt).toEqual([]);
});

test.each([
  ["--steps", "many", "a number"],
  ["--seed", "-1", "a whole number of 0 or more"],
  ["--guidance", "NaN", "a number"],
  ["--eta", "half", "a number"],
  ["--columns", "0", "a whole number of 1 or more"],
  ["--scale", "0", "a whole number from 1 to 100"],
  ["--scale", "1000", "a whole number from 1 to 100"],
  ["--quality", "0", "a whole number from 1 to 100"],
  ["--strength", "1.01", "a number from 0 to 1"],
  ["--count", "1001", "a whole number from 1 to 1000"],
])("%s %s is refused by name", async (option, value, expected) => {
  const command = ["--strength", "--count"].includes(option) ? editCommand() : generateCommand();
  await expect(read([option, value], command)).rejects.toThrow(
    new RangeError(`Cannot use ${option}: found ${JSON.stringify(value)}, expected ${expected}`),
  );
});
