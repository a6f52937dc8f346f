import { choice, type Fields, number } from "../../shell/permalink.ts";

export type LoopState = {
  readonly prompt: string;
  readonly seed: number;
  readonly steps: number;
  readonly guidance: number;
  readonly scheduler: string;
  /** The frame that is looked at; links to longer runs may name a later one than this run has. */
  readonly at: number;
};

export const MOST_STEPS = 50;

/** What can be chosen, given the classes of the network and the schedulers that run it. */
export function fields(classes: readonly string[], schedulers: readonly string[]): Fields<LoopState> {
  return {
    prompt: choice(classes.at(-1) ?? "", classes),
    seed: number(5, { min: 0, max: 9999 }),
    steps: number(20, { min: 4, max: MOST_STEPS }),
    guidance: number(2, { min: 0, max: 8, step: 0.5 }),
    scheduler: choice("ddim", schedulers),
    at: number(10, { min: 0, max: MOST_STEPS }),
  };
}

/** Whether two states ask for the same run. */
export function sameRun(a: LoopState, b: LoopState): boolean {
  return (["prompt", "seed", "steps", "guidance", "scheduler"] as const).every((key) => a[key] === b[key]);
}
