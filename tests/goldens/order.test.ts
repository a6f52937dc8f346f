import { afterAll, describe, expect, it } from "vitest";
import {
  catalogue,
  type Denoise,
  dpmAdaptive,
  erSde,
  euler,
  exactMoments,
  exponentialMultistep,
  exponentialRungeKutta,
  exponentialSinglestep,
  gradientEstimation,
  heun,
  type Level,
  levelOf,
  linearMultistep,
  methodFor,
  midpoint,
  mix,
  type Moments,
  type Path,
  pathNames,
  plms,
  type Row,
  type RungeKuttaOptions,
  sample,
  type Sampler,
  type Step,
  type Tensor,
  tensor,
} from "@unnoise/lib";

/** Data with a normal distribution N(MEAN, SPREAD²): its image guess and its exact flow are known in closed form. */
const MEAN = 0.4;
const SPREAD = 0.5;

/**
 * Runs go from this σ/α to each of those, evenly in λ, so that steps shrink alike everywhere. Of several ends the worst
 * counts: at a single one the errors of different steps may happen to cancel.
 */
const LARGEST = 20;
const LEAST = [1, 0.5, 0.2, 0.05];
const COUNTS = [16, 20, 24, 32, 40, 48];

/** The fourth order shows late, and its errors stay above what single precision rounds. */
const MANY = [48, 64, 96, 128];

/** How far a measured slope may be from the order. */
const SLACK = 0.45;

const denoise: Denoise = ({ x, at: { alpha, sigma } }) => {
  const gain = alpha * SPREAD ** 2 / ((alpha * SPREAD) ** 2 + sigma ** 2);
  const mean = tensor(x.shape, new Float32Array(x.data.length).fill(MEAN));
  const image = mix([gain, x], [1 - gain * alpha, mean]);
  const noise = mix([1 / sigma, x], [-alpha / sigma, image]);
  return Promise.resolve({ x, image, noise, raw: noise });
};

/** The level where a share of the way is left behind. */
function levelAfter(share: number, least: number, path: Path): Level {
  const ratio = LARGEST ** (1 - share) * least ** share;
  return levelOf(path === "rectified_flow" ? ratio / (1 + ratio) : ratio, path, 999 * (1 - share));
}

/** Even steps; with the levels in their middle for samplers that leave those to the grid. */
function stepsOf(
  count: number,
  least: number,
  path: Path,
  { asksBetween = false, orders = [] }: { readonly asksBetween?: boolean; readonly orders?: readonly number[] } = {},
): Step[] {
  const levels = Array.from({ length: count + 1 }, (_, i) => levelAfter(i / count, least, path));
  return levels.slice(1).map((to, i): Step => {
    const middle = levelAfter((i + 0.5) / count, least, path);
    if (asksBetween) return [levels[i]!, to, { via: [middle, middle] }];
    return orders.length > 0 ? [levels[i]!, to, { order: orders[i % orders.length]! }] : [levels[i]!, to];
  });
}

type Walk = (x: Tensor, steps: readonly Step[]) => Sampler;

/** How far a run's end is from where the exact flow ends: the same number of standard deviations from the mean. */
async function errorOf(walk: Walk, steps: readonly Step[]): Promise<number> {
  const [from, to] = [steps[0]![0], steps.at(-1)![1]];
  const place = ({ alpha, sigma }: Level, z: number) => alpha * MEAN + z * Math.hypot(alpha * SPREAD, sigma);
  const scores = [-2, -0.5, 1, 2];
  const start = tensor([1, 1, 2, 2], Float32Array.from(scores, (z) => place(from, z)));
  const run = sample(walk(start, steps), denoise);
  let turn = await run.next();
  while (!turn.done) turn = await run.next();
  return Math.max(...scores.map((z, i) => Math.abs(turn.value.data[i]! - place(to, z))));
}

/** The order of accuracy: the slope of the errors' logarithms over those of the step counts, by least squares. */
async function orderOf(
  walk: Walk,
  stepsOf: (count: number, least: number) => readonly Step[],
  stated: number,
): Promise<number> {
  const counts = stated === 4 ? MANY : COUNTS;
  const errors = await Promise.all(counts.map(async (count) => {
    return Math.max(...await Promise.all(LEAST.map((least) => errorOf(walk, stepsOf(count, least)))));
  }));
  const points = counts.map((count, i) => [Math.log(count), Math.log(errors[i]!)] as const);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  return -mean(points.map((point) => (point[0] - x) * (point[1] - y))) /
    mean(points.map((point) => (point[0] - x) ** 2));
}

const middle: Moments = (_, nodes) => nodes.slice(1).map(() => 1 / 2);

/** The samplers by themselves, and their order. */
function bare(path: Path): readonly (readonly [name: string, order: number, walk: Walk, orders?: readonly number[]])[] {
  const between = (from: Level, to: Level, share: number): Level => {
    const ratio = (from.sigma / from.alpha) ** (1 - share) * (to.sigma / to.alpha) ** share;
    return levelOf(path === "rectified_flow" ? ratio / (1 + ratio) : ratio, path, 0);
  };
  const kutta =
    (places: readonly number[], moments: Moments, more: Partial<RungeKuttaOptions> = {}): Walk => (x, steps) =>
      exponentialRungeKutta(x, steps, { stages: [{ places, moments }], between, ...more });
  const ode = (order: number): Walk => (x, steps) => erSde(x, steps, { scale: (ratio) => ratio, order });
  return [
    ["Euler", 1, (x, steps) => euler(x, steps)],
    ["linear multistep of 1", 1, (x, steps) => linearMultistep(x, steps, { order: 1 })],
    ["linear multistep of 2", 2, (x, steps) => linearMultistep(x, steps, { order: 2 })],
    ["linear multistep of 3", 3, (x, steps) => linearMultistep(x, steps, { order: 3 })],
    ["linear multistep of 4", 4, (x, steps) => linearMultistep(x, steps)],
    ["gradient estimation", 1, (x, steps) => gradientEstimation(x, steps)],
    ["pseudo linear multistep", 2, (x, steps) => plms(x, steps)],
    ["exponential multistep of 2 images", 2, (x, steps) => exponentialMultistep(x, steps, { moments: exactMoments })],
    ["exponential multistep of 2 images, middle", 2, (x, steps) => exponentialMultistep(x, steps, { moments: middle })],
    ["exponential multistep of 2 noises", 2, (x, steps) => {
      return exponentialMultistep(x, steps, { moments: exactMoments, predicts: "noise" });
    }],
    ["exponential multistep of 3 images", 3, (x, steps) => {
      return exponentialMultistep(x, steps, { moments: exactMoments, predictor: 3 });
    }],
    ["exponential multistep of 2, corrected by 3", 3, (x, steps) => {
      return exponentialMultistep(x, steps, { moments: exactMoments, corrector: 3 });
    }],
    ["exponential singlestep of 2", 2, (x, steps) => exponentialSinglestep(x, steps, { moments: exactMoments }), [
      1,
      2,
    ]],
    ["exponential singlestep of 3", 3, (x, steps) => {
      return exponentialSinglestep(x, steps, { moments: exactMoments });
    }, [1, 2, 3]],
    ["Runge–Kutta, images, middle", 2, kutta([1 / 2], middle)],
    ["Runge–Kutta, images, RES", 2, kutta([1 / 2], exactMoments)],
    ["Runge–Kutta, images, Heun", 2, kutta([1], exactMoments)],
    ["Runge–Kutta, noises, middle", 2, kutta([1 / 2], middle, { predicts: "noise" })],
    ["Runge–Kutta, noises, Heun", 2, kutta([1], middle, { predicts: "noise" })],
    ["Runge–Kutta of 3, images", 3, kutta([1 / 3, 2 / 3], exactMoments)],
    ["Runge–Kutta of 3, noises", 3, kutta([1 / 3, 2 / 3], exactMoments, { predicts: "noise" })],
    ["ER-SDE's ODE of 1", 1, ode(1)],
    ["ER-SDE's ODE of 2", 2, ode(2)],
    // Its slope is that of the last two images, which the third does not correct.
    ["ER-SDE's ODE of 3", 2, ode(3)],
    ["Heun", 2, (x, steps) => heun(x, steps)],
  ];
}

const measured: string[] = [];

describe.each(pathNames)("the order of accuracy of the bare samplers on the path %s", (path) => {
  it.each(bare(path).map(([name, ...rest]) => [name, rest] as const))("%s", async (name, [order, walk, orders]) => {
    const found = await orderOf(
      walk,
      (count, least) => stepsOf(count * (orders?.length ?? 1), least, path, orders && { orders }),
      order,
    );
    measured.push(`${found.toFixed(2)} (${order}) ${name}, ${path}`);
    expect(Math.abs(found - order), `measured ${found}`).toBeLessThan(SLACK);
  });

  it.each(["noise", "image"] as const)("midpoint, by the %s", async (predicts) => {
    const found = await orderOf(
      (x, steps) => midpoint(x, steps, { predicts }),
      (count, least) => stepsOf(count, least, path, { asksBetween: true }),
      2,
    );
    expect(Math.abs(found - 2), `measured ${found}`).toBeLessThan(SLACK);
  });

  it.each([2, 3] as const)("DPM adaptive of order %i stays within what it is allowed", async (order) => {
    const between = (from: Level, to: Level, share: number): Level => {
      const ratio = (from.sigma / from.alpha) ** (1 - share) * (to.sigma / to.alpha) ** share;
      return levelOf(path === "rectified_flow" ? ratio / (1 + ratio) : ratio, path, 0);
    };
    const steps = stepsOf(1, 0.05, path);
    const errors = await Promise.all([1e-1, 1e-2, 1e-3].map((relative) => {
      const walk: Walk = (x, [step]) =>
        dpmAdaptive(x, [step![0], step![1]], { between, order, relative, absolute: relative / 10 });
      return errorOf(walk, steps);
    }));
    expect(errors[0]!).toBeLessThan(0.3);
    expect(errors[1]!).toBeLessThan(errors[0]!);
    expect(errors[2]!).toBeLessThan(errors[1]!);
    expect(errors[2]!).toBeLessThan(0.02);
  });
});

/** Rows whose runs are no flow of an ODE, whatever their options say, and why. */
const others: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    ...[
      "ddpm",
      "ddpm_parallel",
      "ddpm_wuerstchen",
      "unclip",
      "euler_ancestral",
      "kdpm2_ancestral",
      "dpm_sde",
      "er_sde",
    ],
    ...["cogvideox_dpm", "cosine_dpm_multistep", "score_sde_ve", "score_sde_vp"],
  ].map((name) => [name, "draws noise at each step"]),
  ...["consistency", "lcm", "flow_match_lcm", "scm"].map((name) => [name, "takes each answer for a finished picture"]),
  ...["tcd"].map((name) => [name, "asks at one time and ends at another of its own choice"]),
]);

/** What makes a row deterministic, and its images unclipped. */
function configOf({ options }: Row): Record<string, unknown> {
  const off = { clip_sample: false, clip_denoised: false, eta: 0, tau_func: () => 0, skip_prk_steps: true };
  return Object.fromEntries(Object.entries(off).filter(([name]) => name in options));
}

describe("the order of accuracy that a row's page states", () => {
  const rows = catalogue.filter(({ name }) => !(name in others));

  it.each(rows.map((row) => [row.name, row] as const))("%s", async (name, row) => {
    const method = methodFor(row, configOf(row));
    const asksBetween = method.grid(10).some(([, , manner]) => manner?.via !== undefined);
    // The singlestep class makes its steps of two by its grid.
    const orders = name === "dpm_singlestep" ? [1, 2] : [];
    const eta = row.given && "eta" in row.given ? { eta: 0 } : {};
    const noise = (shape: readonly number[]) => tensor(shape);
    const found = await orderOf(
      (x, steps) => method.sampler(x, steps, { noise, ...eta }),
      (count, least) => stepsOf(count * Math.max(1, orders.length), least, method.path, { asksBetween, orders }),
      row.page.order,
    );
    measured.push(`${found.toFixed(2)} (${row.page.order}) ${row.className}`);
    expect(Math.abs(found - row.page.order), `measured ${found}`).toBeLessThan(SLACK);
  });

  it("is measured for each row, or said why it is not", () => {
    for (const name of Object.keys(others)) expect(catalogue.map(({ name }) => name)).toContain(name);
    expect(rows.length).toBeGreaterThan(30);
  });
});

afterAll(() => console.log(`Orders of accuracy, measured (stated):\n  ${measured.join("\n  ")}`));
