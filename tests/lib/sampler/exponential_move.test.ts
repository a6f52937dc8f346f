import { describe, expect, it } from "vitest";
import { exponentialMove } from "../../../lib/sampler/exponential_move.ts";
import { exactMoments } from "../../../lib/sampler/exponential_weights.ts";
import { posterior } from "../../../lib/sampler/freshness.ts";
import { type Level, levelOf, type Path, pathNames } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const lambda = ({ alpha, sigma }: Level) => Math.log(alpha / sigma);
const levels = (path: Path) => [0.9, 0.7, 0.4].map((sigma) => levelOf(sigma, path, 0));

describe.each(pathNames)("exponentialMove along %s", (path) => {
  const [before, from, to] = levels(path) as [Level, Level, Level];

  it("is exact where images change linearly with λ", () => {
    // x/σ grows by ∫ e^λ·λ dλ = e^λ(λ − 1).
    const grown = (level: Level) => Math.exp(lambda(level)) * (lambda(level) - 1);
    const seen = [from, before].map((at) => ({ at, guess: one(lambda(at)) }));
    const x = exponentialMove(one(2), from, to, seen, { moments: exactMoments });
    expect(x.data[0]).toBeCloseTo(to.sigma * (2 / from.sigma + grown(to) - grown(from)), 5);
  });

  it("is exact where noises do", () => {
    // x/α changes by −∫ e^(−λ)·λ dλ = e^(−λ)(λ + 1).
    const changed = (level: Level) => Math.exp(-lambda(level)) * (lambda(level) + 1);
    const seen = [from, before].map((at) => ({ at, guess: one(lambda(at)) }));
    const x = exponentialMove(one(2), from, to, seen, { moments: exactMoments, predicts: "noise" });
    expect(x.data[0]).toBeCloseTo(to.alpha * (2 / from.alpha + changed(to) - changed(from)), 5);
  });

  it("keeps and draws as much noise as the posterior at τ = 1", () => {
    const options = { moments: exactMoments, tau: () => 1 };
    const { keep, fresh } = posterior(1)([from, to]);
    const x = exponentialMove(one(from.sigma), from, to, [{ at: from, guess: one(0) }], options, one(10));
    expect(x.data[0]).toBeCloseTo(keep + 10 * fresh, 5);
  });

  it("draws noise of the same variance along noises, to first order", () => {
    const near = levelOf(0.6999, path, 0);
    const fresh = (predicts: "image" | "noise") => {
      const options = { moments: exactMoments, predicts, tau: () => 0.5 };
      return exponentialMove(one(0), from, near, [{ at: from, guess: one(0) }], options, one(1)).data[0]!;
    };
    expect(fresh("noise")).toBeGreaterThan(0);
    expect(fresh("noise") / fresh("image")).toBeCloseTo(1, 3);
  });
});
