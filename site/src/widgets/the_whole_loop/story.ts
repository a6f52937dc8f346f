import type { Level } from "@unnoise/lib";
import { fill } from "../../language/language.ts";
import type { LoopWord } from "./words.ts";

export type LoopWords = Readonly<Record<LoopWord, string>>;

/** What the widget says about a frame. */
export function tell(words: LoopWords, { index, count, level }: { index: number; count: number; level: Level }) {
  const length = Math.hypot(level.alpha, level.sigma);
  const [alpha, sigma] = [level.alpha / length, level.sigma / length];
  const values = { step: index, count, signal: Math.round(100 * alpha ** 2) };
  return {
    shown: fill(words.shown, values),
    spoken: fill(words.spoken, values),
    says: fill(index === count ? words.saysEnd : words.says, {
      ...values,
      alpha: alpha.toFixed(2),
      sigma: sigma.toFixed(2),
    }),
  };
}

/** The name of a class in the page's language; classes that nobody has named yet keep their own. */
export function nameOf(words: LoopWords, prompt: string): string {
  return prompt in words ? words[prompt as LoopWord] : prompt;
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
