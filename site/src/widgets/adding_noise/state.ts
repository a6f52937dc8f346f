import { type Level, levelAt, noiseSchedule } from "@unnoise/lib";
import { choice, type Fields, number } from "../../shell/permalink.ts";

/** Pixels of a picture's side. */
export const SIZE = 64;

export const COUNT = 1000;

/** The pictures that the site brings along. */
export const offered = ["boat", "cat", "mushroom", "balloon"] as const;

/** A reader's own picture cannot travel in a link; a link made with it shows the first of ours. */
export const pictureNames = [...offered, "own"] as const;

export type AddingNoiseState = {
  readonly t: number;
  readonly seed: number;
  readonly picture: typeof pictureNames[number];
};

export const fields: Fields<AddingNoiseState> = {
  t: number(200, { min: 0, max: COUNT }),
  seed: number(5, { min: 0, max: 999 }),
  picture: choice(offered[0], pictureNames),
};

const schedule = noiseSchedule({ name: "linear", count: COUNT });

/** The level after `t` steps. Papers count steps from 1, code counts times from 0. */
export function levelAfter(t: number): Level {
  return levelAt(schedule, t - 1);
}
