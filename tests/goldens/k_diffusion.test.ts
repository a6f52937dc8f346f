import { describe, expect, it } from "vitest";
import {
  type Denoise,
  dpmAdaptive,
  type Level,
  levelOf,
  methodOf,
  mix,
  sample,
  type Sampler,
  type Tensor,
  tensor,
  torchGenerator,
} from "@unnoise/lib";
import { floats, readFixture } from "../fixtures/read.ts";

/** One run of k-diffusion; generate.py says how it was made. */
type Golden = {
  readonly config: { readonly _class_name: string; readonly [option: string]: unknown };
  readonly steps: number;
  readonly sigmas?: readonly number[];
  readonly asked: readonly (readonly [sigma: number, x: string])[];
  readonly end: string;
};

const SHAPE = [2, 1, 2, 2];
const SEED = 7;
const model = { beta_schedule: "scaled_linear", beta_start: 0.00085, beta_end: 0.012 };

const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

const denoise: Denoise = ({ x, at: { sigma } }) => {
  const share = (0.3 + 0.2 * sigma / (sigma + 1)) / Math.hypot(1, sigma);
  const noise = tensor(SHAPE, x.data.map((value, i) => value * share + Math.cos(2 * i) / 10));
  return Promise.resolve({ x, raw: noise, noise, image: mix([1, x], [-sigma, noise]) });
};

/** Every question that a run asks, and its end. */
async function questionsOf(sampler: Sampler): Promise<{ asked: { at: Level; data: Float32Array }[]; end: Tensor }> {
  const run = sample(sampler, denoise);
  const asked: { at: Level; data: Float32Array }[] = [];
  let turn = await run.next();
  for (; !turn.done; turn = await run.next()) asked.push({ at: turn.value.at, data: turn.value.x.data.slice() });
  return { asked, end: turn.value };
}

/** 1e-4 of the largest value; and what single precision loses of the largest sample of the run, as in schedulers.test.ts. */
function expectTensor(found: Float32Array, packed: string, size: number, name: string) {
  const expected = floats(packed);
  const slack = 1e-4 * largest(expected) + size * 2 ** -22;
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!), `${name}, value ${i}: found ${value}, expected ${expected[i]}`)
      .toBeLessThanOrEqual(slack);
  });
}

const { goldens } = await readFixture<{ goldens: readonly Golden[] }>("k_diffusion/k_diffusion.json");
const described = goldens.map((golden) => {
  return [`${Object.values(golden.config).join(" ")}, ${golden.steps} steps`, golden] as const;
});

describe("k-diffusion's samplers", () => {
  it.each(described.filter(([, { config }]) => config._class_name !== "adaptive"))("%s", async (_, golden) => {
    const method = methodOf({ ...model, ...golden.config });
    const steps = method.grid(golden.steps);
    const { path } = method;
    expect(path).toBe("variance_exploding");
    [...steps.map(([from]) => from), steps.at(-1)![1]].forEach(({ sigma }, i) => {
      const expected = golden.sigmas?.[i] ?? sigma;
      expect(Math.abs(sigma - expected), `σ ${i}: ${sigma}, ${expected}`).toBeLessThanOrEqual(1e-6 * expected);
    });
    const [first] = steps[0]!;
    const start = tensor(SHAPE, Float32Array.from({ length: 8 }, (_, i) => Math.fround(Math.sin(i + 1)) * first.sigma));
    const noise = torchGenerator(SEED).randn;
    const { asked, end } = await questionsOf(method.sampler(start, steps, { noise }));
    expect(asked.length).toBe(golden.asked.length);
    let size = 0;
    asked.forEach(({ at, data }, i) => {
      const [sigma, x] = golden.asked[i]!;
      expect(Math.abs(at.sigma - sigma)).toBeLessThanOrEqual(2e-6 * sigma);
      size = Math.max(size, largest(data));
      expectTensor(data, x, size, `question ${i}`);
    });
    expectTensor(end.data, golden.end, size, "end");
  });

  it.each(described.filter(([, { config }]) => config._class_name === "adaptive"))("%s", async (_, golden) => {
    const { _class_name: __, ...options } = golden.config;
    const level = (sigma: number) => levelOf(sigma, "variance_exploding", sigma);
    const ends = [level(14.614646911621094), level(0.02916753850877285)] as const;
    const start = tensor(SHAPE, Float32Array.from(floats(golden.asked[0]![1])));
    const between = (from: Level, to: Level, share: number) => level(from.sigma ** (1 - share) * to.sigma ** share);
    const { asked, end } = await questionsOf(dpmAdaptive(start, ends, { between, ...options }));
    // k-diffusion asks again where a step begins whenever it tries another length; the answer is the same.
    const expected = golden.asked.filter(([sigma], i) =>
      !golden.asked.slice(0, i).some(([before]) => before === sigma)
    );
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBe(expected.length);
    asked.forEach(({ at }, i) => expect(Math.abs(at.sigma / expected[i]![0] - 1)).toBeLessThan(1e-3));
    expectTensor(end.data, golden.end, 14, "end");
  });

  it("are told apart: each class has goldens of its own", () => {
    const classes = new Set(goldens.map(({ config }) => config._class_name));
    expect([...classes].sort()).toEqual(
      ["KDPM2", "KDPMFast", "KDPMPP2M", "KDPMPP2SAncestral", "KDPMPP3MSDE", "KDPMPPSDE", "KEuler", "KHeun"].concat(
        "LMSDiscreteScheduler",
        "adaptive",
      ),
    );
  });
});
