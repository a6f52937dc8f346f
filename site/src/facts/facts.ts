import { levelAt } from "@unnoise/lib";
import { halfSignal, known } from "../widgets/schedules/state.ts";

const { linear, cosine, scaled } = known;

const signalAt = (schedule: typeof linear, time: number) => levelAt(schedule, time).alpha ** 2;
const share = (part: number) => `${Math.round(100 * part)}`;

/** Numbers that the lessons print, all computed by lib while the site is built. */
export const facts = {
  count: linear.betas.length,
  firstBeta: linear.betas[0]!.toFixed(4),
  lastBeta: linear.betas.at(-1)!.toFixed(2),
  /** Per cent of signal after 300 steps of the linear schedule. */
  signalAfter300: share(signalAt(linear, 299)),
  half: { linear: halfSignal(linear), cosine: halfSignal(cosine), scaled: halfSignal(scaled) },
  /** The share of the linear schedule's times at which less than 5 % of the signal is left, and the cosine one's. */
  nearlyNoise: {
    linear: share(linear.alphasCumprod.filter((signal) => signal < 0.05).length / linear.alphasCumprod.length),
    cosine: share(cosine.alphasCumprod.filter((signal) => signal < 0.05).length / cosine.alphasCumprod.length),
  },
  /** The weight of the picture at the last time of Stable Diffusion's schedule: not nothing. */
  lastWeight: {
    linear: Math.sqrt(signalAt(linear, 999)).toFixed(3),
    scaled: Math.sqrt(signalAt(scaled, 999)).toFixed(3),
  },
  lastSignal: { scaled: signalAt(scaled, 999).toFixed(5) },
} as const;
