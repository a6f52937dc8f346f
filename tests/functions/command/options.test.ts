import { expect, test } from "vitest";
import { readOptions } from "../../../functions/command/options.ts";

test("nothing said is one of every class, with the defaults that --help names", () => {
  expect(readOptions([])).toEqual({
    prompt: [],
    steps: 20,
    guidance: 2,
    out: "picture.png",
    columns: 5,
    scale: 1,
    model: "fashion",
  });
});

test("what is said is taken, and --prompt again and again", () => {
  const argv =
    "-p bag --prompt coat -s 0 -n 5 -g 1.5 --scheduler ddpm --eta 0 -o a.png --frames f --columns 2 --scale 3";
  expect(readOptions([...argv.split(" "), "-p", "ankle boot"])).toMatchObject({
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
  });
});

test.each([
  ["--steps", "many", "a number"],
  ["--steps", "2.5", "a whole number of 0 or more"],
  ["--steps", "-1", "a whole number of 0 or more"],
  ["--seed", "-1", "a whole number of 0 or more"],
  ["--seed", "", "a number"],
  ["--seed", "9007199254740992", "a whole number of 0 or more"],
  ["--guidance", "NaN", "a number"],
  ["--guidance", "Infinity", "a number"],
  ["--eta", "half", "a number"],
  ["--columns", "0", "a whole number of 1 or more"],
  ["--scale", "0", "a whole number from 1 to 100"],
  ["--scale", "1000", "a whole number from 1 to 100"],
])("%s %s is refused by name", (option, value, expected) => {
  expect(() => readOptions([option, value])).toThrow(
    new RangeError(`Cannot use ${option}: found ${JSON.stringify(value)}, expected ${expected}`),
  );
});
