import { describe, expect, it } from "vitest";
import { createScheduler, type Denoise, methodOf, sample, tensor, torchGenerator } from "@unnoise/lib";
import {
  describeGolden,
  type Golden,
  goldenFiles,
  goldensOf,
  optionsOf,
  runOf,
  SEED,
  SHAPE,
  START,
  toy,
} from "../fixtures/schedulers/golden.ts";
import { floats, readFixture } from "../fixtures/read.ts";

/** How far we may be from diffusers, as a share of the largest value of a sample. */
const SHARE = 1e-4;

/**
 * diffusers rounds every operation to single precision, we round once a step; and a rounding of the largest sample of a
 * run stays in it while the sample shrinks: Euler's starts at σ, up to 20,291.
 */
const ROUNDING = 2 ** -22;

const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

/** Scalars: 1e-6 relative. Times lie near 0, too, where single precision counts absolutely. */
function expectScalars(found: readonly number[], expected: readonly number[], name: string) {
  expect(found.length, name).toBe(expected.length);
  found.forEach((value, i) => {
    const slack = 1e-6 * Math.max(Math.abs(expected[i]!), 1e-3);
    expect(Math.abs(value - expected[i]!), `${name} ${i}: found ${value}, expected ${expected[i]}`).toBeLessThanOrEqual(
      slack,
    );
  });
}

function expectTensor(found: Float32Array, packed: string, size: number, name: string) {
  const expected = floats(packed);
  expect(found.length, name).toBe(expected.length);
  const slack = SHARE * largest(expected) + ROUNDING * size;
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!), `${name}, value ${i}: found ${value}, expected ${expected[i]}`)
      .toBeLessThanOrEqual(slack);
  });
}

const quiet = { warn: () => {} };
const scaled = (factor: number) => tensor(SHAPE, START.map((value) => value * factor));

describe.each(goldenFiles())("%s", async (file) => {
  const goldens = (await goldensOf(file)).map((golden) => [describeGolden(golden), golden] as const);

  it.each(goldens)("step(): %s", (_, golden) => {
    const scheduler = createScheduler(golden.config, quiet);
    scheduler.setTimesteps(runOf(golden));
    expectScalars(scheduler.timesteps, golden.timesteps, "timestep");
    if (golden.sigmas) expectScalars(scheduler.sigmas, golden.sigmas, "sigma");
    expectScalars([scheduler.initNoiseSigma], [golden.init_noise_sigma], "initNoiseSigma");

    if (golden.begin !== undefined) scheduler.setBeginIndex(golden.begin);
    const generator = torchGenerator(SEED);
    let x = scaled(scheduler.initNoiseSigma);
    let size = largest(x.data);
    scheduler.timesteps.slice(golden.begin ?? 0).forEach((t, i) => {
      const modelOutput = toy(scheduler.scaleModelInput(x, t), t, golden);
      const output = scheduler.step(modelOutput, t, x, { generator, ...optionsOf(golden) });
      if (golden.images) expectTensor(output.predOriginalSample.data, golden.images[i]!, size, `image ${i}`);
      expectTensor(output.prevSample.data, golden.trace[i]!, size, `sample ${i}`);
      x = output.prevSample;
      size = Math.max(size, largest(x.data));
    });
  });

  it.each(goldens)("sample(): %s", async (_, golden) => {
    const method = methodOf(golden.config);
    const steps = method.grid(runOf(golden));
    const { useClippedModelOutput: clipsConsistently, ...options } = optionsOf(golden);
    const denoise: Denoise = (question) => {
      const raw = toy(method.modelInput(question), question.at.time, golden);
      return Promise.resolve(method.predict(raw, question, { clipsConsistently }));
    };
    const first = golden.begin === undefined ? undefined : method.questions(steps)[golden.begin];
    const left = first === undefined ? steps : steps.slice(steps.findIndex(([from]) => from === first));
    const start = scaled(method.initNoiseSigma(steps));
    const run = sample(method.sampler(start, left, { noise: torchGenerator(SEED).randn, ...options }), denoise);
    const samples: Float32Array[] = [];
    let turn = await run.next();
    for (; !turn.done; turn = await run.next()) samples.push(turn.value.x.data);
    samples.push(turn.value.data);
    let size = largest(start.data);
    samples.slice(1).forEach((data, i) => {
      expectTensor(data, golden.trace[i]!, size, `sample ${i}`);
      size = Math.max(size, largest(data));
    });
    expect(samples.length - 1).toBe(golden.trace.length);
  });
});

describe("the times of a run", async () => {
  type Times = Pick<Golden, "config" | "timesteps"> & { readonly steps: number };
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
