import { draw } from "../../picture/scene.ts";
import { scenes } from "../../picture/scenes.ts";
import { type Fields, number } from "../../shell/permalink.ts";

export const SIZE = 48;
export const COUNT = 1000;

/** The two ways draw their noise from different seeds, so that nothing but the law of their noise can agree. */
export type WalkOrJumpState = { readonly n: number; readonly walk: number; readonly jump: number };

export const fields: Fields<WalkOrJumpState> = {
  n: number(300, { min: 1, max: COUNT }),
  walk: number(5, { min: 0, max: 999 }),
  jump: number(6, { min: 0, max: 999 }),
};

export function picture() {
  return draw(scenes.boat, SIZE);
}
