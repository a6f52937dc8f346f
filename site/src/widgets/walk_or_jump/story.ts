import { fill } from "../../language/language.ts";
import { meanAndSpread } from "./draw.ts";
import { COUNT } from "./state.ts";
import { levelAfter } from "./walk.ts";
import type { WalkOrJumpWord } from "./words.ts";

type Told = Readonly<Record<WalkOrJumpWord, string>>;

export function tellSteps(words: Told, n: number) {
  const values = { n, count: COUNT, signal: Math.round(100 * levelAfter(n).alpha ** 2) };
  return { shown: fill(words.shown, values), spoken: fill(words.spoken, values) };
}

export function tellFigures(words: Told, walked: Float32Array, jumped: Float32Array): string {
  const [walkMean, walkSpread] = meanAndSpread(walked).map((value) => value.toFixed(2)) as [string, string];
  const [jumpMean, jumpSpread] = meanAndSpread(jumped).map((value) => value.toFixed(2)) as [string, string];
  return fill(words.figures, { walkMean, walkSpread, jumpMean, jumpSpread });
}
