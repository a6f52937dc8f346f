import { describe, expect, it } from "vitest";
import {
  createScheduler,
  type Denoise,
  methodOf,
  sample,
  scaleModelInput,
  type Tensor,
  tensor,
  torchGenerator,
} from "@unnoise/lib";
import { readFixture } from "../fixtures/read.ts";
import { describeGolden, type Golden, goldensOf, SEED, SHAPE, START, toy } from "../fixtures/schedulers/golden.ts";

/**
 * How far we may be from diffusers, as a share of the sample's size: diffusers rounds every operation to single
 * precision, we round once a step. Where the cosine schedule leaves next to no signal, its differences of nearly equal
 * numbers lose more.
 */
const shareOf = ({ config }: Golden) => config.beta_schedule === "squaredcos_cap_v2" ? 5e-5 : 1e-5;

/** A rounding of the largest sample of a run stays in it while the sample shrinks: Euler's starts at σ, up to 20,291. */
const ROUNDING = 2 ** -23;

const ask = (input: Tensor, t: number) => tensor(input.shape, toy(input.data, t));
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const scaled = (factor: number) => tensor(SHAPE, START.map((value) => value * factor));

function expectNear(found: number, expected: number, slack: number) {
  expect(Math.abs(found - expected), `found ${found}, expected ${expected}`).toBeLessThanOrEqual(slack);
}

function expectTrace({ data }: Tensor, [total, absolute, fifth]: Golden["trace"][number], slack: number) {
  expectNear(sum(data), total, slack);
  expectNear(sum(data.map(Math.abs)), absolute, slack);
  expectNear(data[5]!, fifth, slack);
}

function expectEnd({ data }: Tensor, golden: Golden) {
  const sizes = golden.trace.map(([, absolute]) => absolute / data.length);
  const start = golden.init_noise_sigma;
  const slack = shareOf(golden) * Math.max(...golden.end.map(Math.abs)) + ROUNDING * Math.max(start, ...sizes);
  golden.end.forEach((value, i) => expectNear(data[i]!, value, slack));
}

describe.each(["ddpm", "ddim", "euler"] as const)("%s against diffusers", async (name) => {
  const goldens = (await goldensOf(name)).map((golden) => [describeGolden(golden), golden] as const);

  it.each(goldens)("step(): %s", (_, golden) => {
    const scheduler = createScheduler(golden.config);
    scheduler.setTimesteps(golden.steps);
    expect(scheduler.timesteps.map(Math.fround)).toEqual(golden.timesteps.map(Math.fround));
    expect(scheduler.initNoiseSigma / golden.init_noise_sigma).toBeCloseTo(1, 6);
    golden.sigmas?.forEach((sigma, i) => expectNear(scheduler.sigmas[i]!, sigma, 1e-6 * sigma));
    if (golden.sigmas !== undefined) expect(scheduler.sigmas.length).toBe(golden.sigmas.length);

    const generator = torchGenerator(SEED);
    const { eta, use_clipped_model_output: useClippedModelOutput } = golden.options;
    let x = scaled(scheduler.initNoiseSigma);
    let largest = sum(x.data.map(Math.abs));
    scheduler.timesteps.forEach((t, i) => {
      const { prevSample, predOriginalSample } = scheduler.step(ask(scheduler.scaleModelInput(x, t), t), t, x, {
        generator,
        ...(eta === undefined ? {} : { eta }),
        ...(useClippedModelOutput ? { useClippedModelOutput } : {}),
      });
      const slack = (size: number) => shareOf(golden) * size + ROUNDING * largest;
      expectNear(sum(predOriginalSample.data), golden.images[i]!, slack(sum(predOriginalSample.data.map(Math.abs))));
      const after = golden.trace[i]!;
      expectTrace(prevSample, after, slack(after[1]));
      largest = Math.max(largest, after[1]);
      x = prevSample;
    });
    expectEnd(x, golden);
  });

  it.each(goldens)("sample(): %s", async (_, golden) => {
    const method = methodOf(golden.config);
    const steps = method.grid(golden.steps);
    const clipsConsistently = golden.options.use_clipped_model_output ? true : undefined;
    const denoise: Denoise = (question) => {
      const raw = ask(scaleModelInput(question), question.at.time);
      return Promise.resolve(method.predict(raw, question, { clipsConsistently }));
    };
    const sampler = method.sampler(scaled(method.initNoiseSigma(steps)), steps, {
      noise: torchGenerator(SEED).randn,
      eta: golden.options.eta,
    });
    const run = sample(sampler, denoise);
    const asked: number[] = [];
    let turn = await run.next();
    for (; !turn.done; turn = await run.next()) asked.push(turn.value.at.time);
    expect(asked.map(Math.fround)).toEqual(golden.timesteps.map(Math.fround));
    expectEnd(turn.value, golden);
  });
});

describe("the times of a run", async () => {
  type Times = Pick<Golden, "config" | "steps" | "timesteps">;
  const { goldens } = await readFixture<{ goldens: readonly Times[] }>("schedulers/times.json");
  const configs = [...new Set(goldens.map(({ config }) => JSON.stringify(config)))];

  it.each(configs)("are diffusers' for every number of steps with %s", (config) => {
    const rows = goldens.filter((golden) => JSON.stringify(golden.config) === config);
    expect(rows.length).toBeGreaterThan(50);
    const scheduler = createScheduler(rows[0]!.config);
    for (const { steps, timesteps } of rows) {
      scheduler.setTimesteps(steps);
      expect(scheduler.timesteps.map(Math.fround), `${steps} steps`).toEqual(timesteps.map(Math.fround));
    }
  });
});
