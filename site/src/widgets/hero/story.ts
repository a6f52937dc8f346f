import type { Stop } from "../../exact/journey.ts";
import { fill } from "../../language/language.ts";
import { sceneNames } from "../../picture/scenes.ts";
import { COUNT } from "./state.ts";
import type { HeroWord } from "./words.ts";

/** What the hero says about a stop, in words: beside the slider, to a screen reader, and below the picture. */
export function tell(words: Readonly<Record<HeroWord, string>>, stop: Stop, at: number) {
  const inwards = at <= COUNT;
  const signal = Math.round(100 * stop.level.alpha ** 2);
  const likeliest = Math.max(...stop.weights);
  const best = words[sceneNames[stop.weights.indexOf(likeliest)]!];
  const steps = { step: inwards ? at : at - COUNT, count: COUNT, signal };
  const sentence = inwards ? words.saysIn : at === 2 * COUNT ? words.saysEnd : words.saysOut;
  return {
    shown: `${inwards ? words.adding : words.removing} · ${fill(words.shown, steps)}`,
    spoken: fill(inwards ? words.spokenIn : words.spokenOut, steps),
    says: fill(sentence, { signal, best, share: Math.round(100 * likeliest) }),
  };
}
