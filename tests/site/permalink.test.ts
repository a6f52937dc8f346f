import { expect, test } from "vitest";
import {
  choice,
  type Fields,
  isAbout,
  number,
  numbers,
  readState,
  writeLink,
  writeState,
} from "../../site/src/shell/permalink.ts";

type State = { readonly t: number; readonly w: number; readonly name: "a" | "b"; readonly bars: readonly number[] };

const fields: Fields<State> = {
  t: number(5, { min: 0, max: 10 }),
  w: number(2, { min: 0, max: 8, step: 0.5 }),
  name: choice("a", ["a", "b"]),
  bars: numbers([1, 2, 3], { min: 0, max: 9 }),
};
const initial: State = { t: 5, w: 2, name: "a", bars: [1, 2, 3] };

test("a state survives the way into a link and back", () => {
  const state: State = { t: 0, w: 7.5, name: "b", bars: [9, 0, 4] };
  const hash = writeState("", "x", fields, state);
  expect(hash).toBe("#x.t=0&x.w=7.5&x.name=b&x.bars=9.0.4");
  expect(readState(hash, "x", fields)).toEqual(state);
});

test("defaults are left out, and other widgets' states stay", () => {
  expect(writeState("", "x", fields, initial)).toBe("");
  expect(writeState("#y.t=3&x.t=9", "x", fields, initial)).toBe("#y.t=3");
});

test.each([
  "#section",
  "",
  "#x.t=",
  "#x.t=11",
  "#x.t=abc",
  "#x.name=c",
  "#x.bars=1.2",
  "#x.bars=1.2.x",
  "#x.bars=..",
  "#%E0%A4%A=1",
])(
  "nonsense gives the defaults: %s",
  (hash) => expect(readState(hash, "x", fields)).toEqual(initial),
);

test("numbers are brought onto their steps", () => {
  expect(readState("#x.w=1.3&x.t=2.6", "x", fields)).toEqual({ ...initial, w: 1.5, t: 3 });
});

test("a copied link says which widget it is about", () => {
  const link = writeLink("x", fields, { ...initial, t: 6 });
  expect(isAbout(link, "x")).toBe(true);
  expect(isAbout(link, "y")).toBe(false);
  expect(writeState(link, "x", fields, { ...initial, t: 6 })).toBe("#x.t=6");
});
