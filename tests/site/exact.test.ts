import { addNoise, euler, grid, levelAt, logSnr, noiseSchedule, sample, tensor, torchGenerator } from "@unnoise/lib";
import { expect, test } from "vitest";
import { exactDenoiser, posterior } from "../../site/src/exact/denoiser.ts";
import { evenLevels, journey } from "../../site/src/exact/journey.ts";
import { draw } from "../../site/src/picture/scene.ts";
import { sceneNames, scenes } from "../../site/src/picture/scenes.ts";

const pictures = sceneNames.map((name) => draw(scenes[name], 16));
const schedule = noiseSchedule({ name: "linear" });

test("two points have the posterior that a calculator gives", async () => {
  const points = [tensor([1], new Float32Array([-1])), tensor([1], new Float32Array([1]))];
  const question = { x: tensor([1], new Float32Array([0.3])), at: { time: 0, alpha: 0.6, sigma: 0.8 } };
  // Odds of the two: exp(−((0.3 − 0.6)² − (0.3 + 0.6)²) / (2·0.64)) = exp(0.5625).
  const odds = Math.exp(0.5625);
  expect(posterior(points, question)[1]).toBeCloseTo(odds / (1 + odds), 6);
  const { image, noise } = await exactDenoiser(points)(question);
  expect(image.data[0]).toBeCloseTo((odds - 1) / (odds + 1), 6);
  expect(0.6 * image.data[0]! + 0.8 * noise.data[0]!).toBeCloseTo(0.3, 6);
});

test("weights add up to one, from hardly any noise to nearly nothing else", () => {
  for (const time of [0, 100, 500, 999]) {
    const at = levelAt(schedule, time);
    const x = addNoise(pictures[3]!, torchGenerator(1).randn(pictures[3]!.shape), at);
    const weights = posterior(pictures, { x, at });
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    if (time <= 100) expect(weights[3]).toBeGreaterThan(0.999);
    else if (time === 500) expect(weights.indexOf(Math.max(...weights))).toBe(3);
    else expect(Math.max(...weights)).toBeLessThan(0.5);
  }
});

test("every sampler that walks to the end with the exact denoiser lands on a known picture", async () => {
  const steps = grid(
    [...Array.from({ length: 50 }, (_, i) => 999 - 20 * i), -1].map((time) => levelAt(schedule, time)),
  );
  for (let seed = 0; seed < 5; seed++) {
    const run = sample(euler(torchGenerator(seed).randn(pictures[0]!.shape), steps), exactDenoiser(pictures));
    let turn = await run.next();
    while (!turn.done) turn = await run.next();
    const nearest = Math.min(...pictures.map(({ data }) => {
      return Math.max(...data.map((value, i) => Math.abs(value - (turn.value as { data: Float32Array }).data[i]!)));
    }));
    expect(nearest).toBeLessThan(1e-3);
  }
});

test("the journey's levels are even in log-SNR and keep the variance", () => {
  const levels = evenLevels(60).slice(1);
  const gaps = levels.slice(1).map((level, i) => logSnr(levels[i]!) - logSnr(level));
  for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0]!, 6);
  for (const { alpha, sigma } of levels) expect(alpha ** 2 + sigma ** 2).toBeCloseTo(1, 12);
});

test("a journey starts at its picture, ends at a known one, and does the same again", async () => {
  const stops = await journey(pictures, { start: 2, seed: 5, count: 20 });
  expect(stops.length).toBe(41);
  expect(stops[0]!.x.data).toEqual(pictures[2]!.data);
  expect(Math.max(...stops[40]!.weights)).toBeGreaterThan(0.99);
  const again = await journey(pictures, { start: 2, seed: 5, count: 20 });
  expect(again[33]!.x.data).toEqual(stops[33]!.x.data);
});
