import { fill } from "../../language/language.ts";
import { COUNT, levelAfter } from "./state.ts";
import type { AddingNoiseWord } from "./words.ts";

/** What the widget says about a step, and the two weights of its sum. */
export function tell(words: Readonly<Record<AddingNoiseWord, string>>, t: number) {
  const { alpha, sigma } = levelAfter(t);
  const signal = Math.round(100 * alpha ** 2);
  return {
    shown: fill(words.shown, { t, count: COUNT }),
    spoken: fill(words.spoken, { t, count: COUNT, signal }),
    says: fill(words.says, { t, signal, rest: 100 - signal }),
    alpha: alpha.toFixed(2),
    sigma: sigma.toFixed(2),
  };
}
