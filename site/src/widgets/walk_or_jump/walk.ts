import { addNoise, type Generator, levelAt, mix, noiseSchedule, type Tensor } from "@unnoise/lib";
import { COUNT } from "./state.ts";

const schedule = noiseSchedule({ name: "linear", count: COUNT });

/** The level after `n` steps. */
export function levelAfter(n: number) {
  return levelAt(schedule, n - 1);
}

/** Steps `from + 1` to `to` of the forward process, one addition each: `x ← √(1 − β)·x + √β·ε`. */
export function walk(x: Tensor, { from, to, noise }: { from: number; to: number; noise: Generator }): Tensor {
  for (let step = from; step < to; step++) {
    const beta = schedule.betas[step]!;
    x = mix([Math.sqrt(1 - beta), x], [Math.sqrt(beta), noise.randn(x.shape)]);
  }
  return x;
}

/** The same in one addition. */
export function jump(image: Tensor, { n, noise }: { n: number; noise: Generator }): Tensor {
  return addNoise(image, noise.randn(image.shape), levelAfter(n));
}
