import { describe, expect, it } from "vitest";
import { stepper } from "../../../lib/sampler/drive.ts";
import { dpmAdaptive } from "../../../lib/sampler/dpm_adaptive.ts";
import { type Level, levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const level = (sigma: number) => levelOf(sigma, "variance_exploding", sigma);
const between = (from: Level, to: Level, share: number) => level(from.sigma ** (1 - share) * to.sigma ** share);
const start = () => tensor([2], new Float32Array([8, -4]));

/** Where a run asks, of a network that sees a noise of σ to some power. */
function asked(power: number, relative: number): number[] {
  const walk = stepper(dpmAdaptive(start(), [level(8), level(0.5)], { between, relative, absolute: relative }));
  const sigmas: number[] = [];
  while (walk.question) {
    const { x, at } = walk.question;
    sigmas.push(at.sigma);
    const noise = tensor([2], new Float32Array([at.sigma ** power, -1]));
    walk.step({ x, image: x, noise, raw: noise });
  }
  return sigmas;
}

describe("dpmAdaptive", () => {
  it("asks more the more exact it is to be, and less where all is straight", () => {
    expect(asked(2, 1e-3).length).toBeGreaterThan(asked(2, 1e-1).length);
    expect(asked(0, 1e-3).length).toBeLessThan(asked(2, 1e-3).length);
  });

  it("does not go beyond its end", () => {
    const sigmas = asked(2, 1e-2);
    expect(sigmas[0]).toBe(8);
    expect(Math.min(...sigmas)).toBeGreaterThanOrEqual(0.5);
  });

  it("refuses a clean end, and to tell its questions in advance", () => {
    expect(() => dpmAdaptive(start(), [level(8), level(0)], { between }).next()).toThrow(
      "Cannot adapt steps from σ = 8 to 0: expected both above 0",
    );
    expect(() => dpmAdaptive(tensor([0]), [level(8), level(1)], { between }).next()).toThrow("driven by sample()");
  });
});
