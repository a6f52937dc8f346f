import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  catalogue,
  concatenate,
  createScheduler,
  type Denoise,
  type Method,
  methodFor,
  type Options,
  type Row,
  sample,
  type Scheduler,
  schedulerFor,
  type Tensor,
  tensor,
  torchGenerator,
  unstack,
} from "@unnoise/lib";

/** Values of each option that change something, legal for some class or other. */
const values: { readonly [Name in keyof Options]?: readonly unknown[] } = {
  num_train_timesteps: [100, 1000],
  beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid", "exp", "laplace"],
  rescale_betas_zero_snr: [false, true],
  prediction_type: ["epsilon", "sample", "v_prediction", "flow_prediction", "trigflow"],
  timestep_spacing: ["leading", "trailing", "linspace"],
  steps_offset: [0, 1],
  clip_sample: [false, true],
  clip_sample_range: [0.5, 1],
  thresholding: [false, true],
  set_alpha_to_one: [false, true],
  variance_type: ["fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log", "learned", "learned_range", null],
  final_sigmas_type: ["zero", "sigma_min"],
  interpolation_type: ["linear", "log_linear"],
  timestep_type: ["discrete", "continuous"],
  use_karras_sigmas: [false, true],
  use_exponential_sigmas: [false, true],
  use_beta_sigmas: [false, true],
  use_lu_lambdas: [false, true],
  use_flow_sigmas: [false, true],
  flow_shift: [1, 3],
  solver_order: [1, 2, 3],
  algorithm_type: [
    "dpmsolver",
    "dpmsolver++",
    "sde-dpmsolver",
    "sde-dpmsolver++",
    "deis",
    "data_prediction",
    "noise_prediction",
  ],
  solver_type: ["midpoint", "heun", "logrho", "bh1", "bh2"],
  lower_order_final: [false, true],
  euler_at_final: [false, true],
  predict_x0: [false, true],
  predictor_order: [1, 2, 3],
  corrector_order: [0, 1, 2, 3],
  skip_prk_steps: [false, true],
  shift: [1, 3],
  stochastic_sampling: [false, true],
  invert_sigmas: [false, true],
};

/** A config of a row: some of its options changed. */
function configs({ options }: Row): fc.Arbitrary<Record<string, unknown>> {
  const known = Object.entries(values).filter(([name]) => name in options);
  return fc.record(Object.fromEntries(known.map(([name, list]) => [name, fc.constantFrom(...list)])), {
    requiredKeys: [],
  });
}

/** The method of a config; nothing where it is refused, which must be in a sentence. */
function methodUnlessRefused(row: Row, config: Record<string, unknown>): Method | undefined {
  try {
    return methodFor(row, config);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/^Cannot configure .+: .+ expected .+$/s);
    return undefined;
  }
}

const SHAPE = [2, 1, 2, 2];
const start = (factor: number) => tensor(SHAPE, Float32Array.from({ length: 8 }, (_, i) => Math.sin(i + 1) * factor));
/** What the network says, in twice the channels if it also learned the variance. */
function network({ data, shape }: Tensor, { variance_type }: Readonly<Record<string, unknown>>): Tensor {
  const raw = tensor(shape, data.map((value, i) => 0.4 * value + Math.cos(2 * i) / 10));
  if (!String(variance_type).startsWith("learned")) return raw;
  const [count = 0, channels = 0, ...rest] = shape;
  const both = unstack(raw).flatMap((item) => [item, tensor(item.shape, item.data.map(Math.sin))]);
  return tensor([count, 2 * channels, ...rest], concatenate(both).data);
}

/** What a picture is partly kept of, for the samplers that want one. */
const known = { image: tensor(SHAPE), mask: tensor(SHAPE, new Float32Array(8).fill(1, 0, 4)) };
const given = ({ given = {} }: Row) => "known" in given ? { known } : {};

/** Goes through a run by hand, from one of its times, as hard on memory as a caller may be. */
function stepped(row: Row, scheduler: Scheduler, begin: number, scribble: boolean): Float32Array {
  if (begin > 0) scheduler.setBeginIndex(begin);
  const generator = torchGenerator(1);
  let x = start(scheduler.initNoiseSigma);
  for (const t of scheduler.timesteps.slice(begin)) {
    const modelOutput = network(scheduler.scaleModelInput(x, t), scheduler.config);
    const { prevSample } = scheduler.step(modelOutput, t, x, { generator, ...given(row) });
    const data = prevSample.data.slice();
    if (scribble) {
      for (const { data } of [modelOutput, x, prevSample]) data.fill(NaN);
    }
    x = tensor(SHAPE, data);
  }
  return x.data;
}

async function sampled(row: Row, method: Method, steps: ReturnType<Method["grid"]>, from = 0): Promise<Float32Array> {
  const denoise: Denoise = (question) =>
    Promise.resolve(method.predict(network(method.modelInput(question), method.config), question));
  const noise = torchGenerator(1).randn;
  const run = sample(
    method.sampler(start(method.initNoiseSigma(steps)), steps.slice(from), { noise, ...given(row) }),
    denoise,
  );
  let turn = await run.next();
  while (!turn.done) turn = await run.next();
  return turn.value.data;
}

const close = (found: Float32Array, expected: Float32Array) => {
  const size = Math.max(1, ...expected.map(Math.abs));
  found.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-5 * size));
};

describe.each(catalogue.map((row) => [row.className, row] as const))("%s", (_, row) => {
  const counts = fc.integer({ min: 1, max: 12 });
  const runs = { numRuns: 60 };

  it("runs without NaN with every config that it accepts, the same by step() and by sample()", async () => {
    await fc.assert(
      fc.asyncProperty(configs(row), counts, async (config, count) => {
        const method = methodUnlessRefused(row, config);
        if (method === undefined) return;
        const scheduler = schedulerFor(method);
        scheduler.setTimesteps(count);
        const end = stepped(row, scheduler, 0, false);
        expect(end.every(Number.isFinite)).toBe(true);
        close(await sampled(row, method, method.grid(count)), end);
      }),
      runs,
    );
  });

  it("sets the same times twice, and needs no memory of its caller's", () => {
    fc.assert(
      fc.property(configs(row), counts, (config, count) => {
        const method = methodUnlessRefused(row, config);
        if (method === undefined) return;
        const scheduler = schedulerFor(method);
        scheduler.setTimesteps(count);
        const [times, sigmas] = [scheduler.timesteps, scheduler.sigmas];
        const end = stepped(row, scheduler, 0, false);
        scheduler.setTimesteps(count);
        expect([scheduler.timesteps, scheduler.sigmas]).toEqual([times, sigmas]);
        expect(stepped(row, scheduler, 0, true)).toEqual(end);
      }),
      runs,
    );
  });

  it("starts in the middle, the same by step() and by sample()", async () => {
    const method = methodFor(row);
    const scheduler = schedulerFor(method);
    const steps = method.grid(6);
    scheduler.setTimesteps(6);
    for (const from of [1, 3].filter((from) => from < steps.length)) {
      const begin = method.questions(steps).lastIndexOf(steps[from]![0]);
      expect(begin).toBeGreaterThan(0);
      scheduler.setTimesteps(6);
      close(stepped(row, scheduler, begin, true), await sampled(row, method, steps, from));
    }
  });

  it("round-trips its config, unknown keys included", () => {
    const config = { _class_name: row.className, _diffusers_version: "0.0.1", colour: "red" };
    const warnings: string[] = [];
    const scheduler = createScheduler(config, { warn: (message) => warnings.push(message) });
    expect(JSON.parse(JSON.stringify(scheduler.config))).toEqual(config);
    expect(warnings).toEqual([`${row.className} does not know colour: these options change nothing`]);
  });
});
