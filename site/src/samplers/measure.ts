import {
  euler,
  type Level,
  levelOf,
  type Method,
  methodFor,
  mix,
  type Path,
  type Row,
  type Sampler,
  settle,
  sigmaOf,
  type Step,
  type Tensor,
  tensor,
} from "@unnoise/lib";

/** How far off runs are that ask so many questions. */
export type Measured = { readonly questions: number; readonly error: number };

/** Pictures, for this page: normal values of this deviation, whose best denoiser is a formula. */
const DEVIATION = 0.5;

/** Runs go from this σ/α to each of those, evenly in log; the worst of them counts, so that no luck at one end does. */
const LARGEST = 20;
const LEAST = [1, 0.5, 0.2, 0.05] as const;
const COUNTS = [4, 6, 8, 12, 16, 24, 32, 48] as const;

type Walk = (x: Tensor, steps: readonly Step[], noise: (shape: readonly number[]) => Tensor) => Sampler;

/** How far off a row's runs are; nothing for one that cannot run without a picture to keep. */
export function errorsOf(row: Row): readonly Measured[] {
  if (row.given && "known" in row.given) return [];
  const method = methodFor(row);
  return measured((x, steps, noise) => method.sampler(x, steps, { noise }), method.path, formOf(method));
}

/** The same of Euler's method, to compare with. */
export function eulersErrors(): readonly Measured[] {
  return measured((x, steps) => euler(x, steps), "variance_exploding", { pattern: [], between: false });
}

/** The order of accuracy: how steeply errors fall as questions grow in number. */
export function orderOf(errors: readonly Measured[]): number | undefined {
  const points = errors.filter(({ error }) => error > 1e-6).slice(-5)
    .map(({ questions, error }) => [Math.log(questions), Math.log(error)] as const);
  if (points.length < 4) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  return -mean(points.map((point) => (point[0] - x) * (point[1] - y))) / mean(points.map(([at]) => (at - x) ** 2));
}

/** The σ that a run of a row asks at, with its defaults. */
export function sigmasOf(row: Row, count: number): readonly number[] {
  const method = methodFor(row);
  return method.questions(method.grid(count)).map((level) => sigmaOf(level, method.path));
}

/** Whether a run draws noise on its way. */
export function drawsNoise(row: Row, count: number): boolean {
  const method = methodFor(row);
  let drawn = false;
  const nothing = tensor([1]);
  const answer = { x: nothing, raw: nothing, image: nothing, noise: nothing };
  const sampler = method.sampler(nothing, method.grid(count), { noise: () => (drawn = true, nothing) });
  while (!sampler.next(answer).done);
  return drawn;
}

/** What steps of a row's own grid hold besides their ends: orders that take turns, and levels between. */
type Form = { readonly pattern: readonly number[]; readonly between: boolean };

function formOf({ grid }: Method): Form {
  const steps = grid(12);
  const [first, second, third] = steps.map(([, , { order = Infinity } = {}]) => order);
  return {
    pattern: first !== second && first === third ? [first!, second!] : [],
    between: steps.some(([, , manner]) => manner?.via !== undefined),
  };
}

function stepsOf(count: number, least: number, path: Path, { pattern, between }: Form): Step[] {
  const at = (share: number): Level => {
    const ratio = LARGEST ** (1 - share) * least ** share;
    return levelOf(path === "rectified_flow" ? ratio / (1 + ratio) : ratio, path, 999 * (1 - share));
  };
  return Array.from({ length: count }, (_, i): Step => {
    const [from, middle, to] = [at(i / count), at((i + 0.5) / count), at((i + 1) / count)];
    return between
      ? [from, to, { via: [middle, middle] }]
      : [from, to, { order: pattern.length > 0 ? pattern[i % pattern.length]! : Infinity }];
  });
}

function measured(walk: Walk, path: Path, form: Form): readonly Measured[] {
  return COUNTS.map((count) => {
    const runs = LEAST.map((least) => deviation(walk, stepsOf(count, least, path, form)));
    return { questions: runs[0]!.questions, error: Math.max(...runs.map(({ error }) => error)) };
  });
}

/**
 * How far the deviation of a run's ends is from the true one. With this denoiser an end is a sum of the start and of the
 * noises drawn on the way, each times a number; carried along in places of their own, these numbers show.
 */
function deviation(walk: Walk, steps: readonly Step[]): Measured {
  const [[from], [, to]] = [steps[0]!, steps.at(-1)!];
  const shape = [4 * steps.length + 2];
  const truth = ({ alpha, sigma }: Level) => Math.hypot(alpha * DEVIATION, sigma);
  let drawn = 0;
  const alone = (value: number) => {
    const values = tensor(shape);
    values.data[drawn++] = value;
    return values;
  };
  const sampler = walk(alone(truth(from)), steps, () => alone(1));
  let questions = 0;
  let turn = sampler.next();
  for (; !turn.done; questions++) {
    const { x, at: { alpha, sigma } } = turn.value;
    const image = mix([alpha * DEVIATION ** 2 / ((alpha * DEVIATION) ** 2 + sigma ** 2), settle(x)]);
    const noise = mix([1 / sigma, x], [-alpha / sigma, image]);
    turn = sampler.next({ x, image, noise, raw: noise });
  }
  return { questions, error: Math.abs(Math.hypot(...turn.value.data) / truth(to) - 1) };
}
