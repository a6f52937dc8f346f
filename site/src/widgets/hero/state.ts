import { type SceneName, sceneNames } from "../../picture/scenes.ts";
import { choice, type Fields, number } from "../../shell/permalink.ts";

/** Pixels of a picture's side, and the steps of each half of the way. */
export const SIZE = 48;
export const COUNT = 60;

/** How many stops the strip below the slider shows. */
export const STRIP = 11;

export type HeroState = { readonly at: number; readonly seed: number; readonly picture: SceneName };

export const fields: Fields<HeroState> = {
  at: number(26, { min: 0, max: 2 * COUNT }),
  seed: number(5, { min: 0, max: 999 }),
  picture: choice("boat", sceneNames),
};

/** The stops that the strip shows, evenly from the first to the last. */
export function stripStops<Stop>(stops: readonly Stop[]): Stop[] {
  return Array.from({ length: STRIP }, (_, i) => stops[Math.round(i * (stops.length - 1) / (STRIP - 1))]!);
}
