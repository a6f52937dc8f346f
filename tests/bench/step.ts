import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { catalogue, type Row, schedulerOf, type StepOptions, type Tensor, torchGenerator } from "@unnoise/lib";
import { median } from "./median.ts";

const STEPS = 20;
const ROUNDS = 25;
/** How long a round of one thing takes, in milliseconds: long beside the clock's grain, short beside other programs. */
const ROUND = 4;
/** How many bare copies a step may cost: one for the sample, one for what the model said, one for what comes of them. */
const bars = { first: 3, higher: 6 };
const FASTER = 3;
const shapes = [[1, 4, 64, 64], [1, 4, 128, 128]] as const;

/** Microseconds of one step, and its ratios to two ways of copying as many bytes. */
type Timing = { readonly step: number; readonly overSet: number; readonly overSlice: number };

/** Per class microseconds of one step of diffusers, one a shape. */
type Theirs = Readonly<Record<string, readonly number[] | null>>;

/**
 * What a step costs beside a bare copy of the sample's bytes, and beside diffusers' step on the same sample.
 *
 * A step writes into memory that is there (`out`), and gets its fresh noise as a tensor, here and there: what is timed is
 * the arithmetic. It is divided by `Float32Array.set` into memory that is there, and by `slice`, which takes new memory.
 */
export async function benchSteps({ python }: { readonly python?: string | undefined }) {
  const timed = catalogue.flatMap((row) => {
    const timings = shapes.map((shape) => measure(row, shape));
    return timings.every((timing) => timing !== undefined) ? [{ row, timings: timings as Timing[] }] : [];
  });
  const theirs = python === undefined ? {} : await timeDiffusers(python, timed.map(({ row }) => row.className));
  for (const [k, shape] of shapes.entries()) {
    console.log(`\nOne step at ${shape.slice(1).join("×")}, in µs`);
    console.table(Object.fromEntries(timed.map(({ row, timings }) => [row.name, {
      ours: round(timings[k]!.step),
      "÷ set": round(timings[k]!.overSet),
      "÷ slice": round(timings[k]!.overSlice),
      bar: barOf(row),
      ...(theirs[row.className] ? { diffusers: round(theirs[row.className]![k]!) } : {}),
      ...(theirs[row.className] ? { faster: round(theirs[row.className]![k]! / timings[k]!.step) } : {}),
    }])));
    const within = (key: "overSet" | "overSlice") => timed.filter(({ row, timings }) => timings[k]![key] <= barOf(row));
    console.log(
      `Within ${bars.first} copies (first order) or ${bars.higher} (higher): ${
        within("overSet").length
      } of ${timed.length} against set, ${within("overSlice").length} against slice`,
    );
    const compared = timed.filter(({ row }) => theirs[row.className]);
    const faster = compared.filter(({ row, timings }) => {
      return theirs[row.className]![k]! / timings[k]!.step >= FASTER;
    });
    if (compared.length > 0) {
      console.log(`At least ${FASTER} times as fast as diffusers: ${faster.length} of ${compared.length}`);
    }
  }
  if (python === undefined) {
    console.log("Not compared with diffusers: name a Python that has it with --python or PYTHON");
  }
}

/** Nothing for schedulers that no run of plain steps can be set for. */
function measure(row: Row, shape: readonly number[]): Timing | undefined {
  const { randn } = torchGenerator(0);
  const [sample, output, noise] = [randn(shape), randn(shape), randn(shape)];
  const out = new Float32Array(sample.data.length);
  const scheduler = schedulerOf(row);
  const known = { image: noise, mask: { data: sample.data.map((value) => Number(value > 0)), shape } };
  const options: StepOptions = { noise, out, ...(row.given && "known" in row.given ? { known } : {}) };
  const setTimesteps = () => {
    try {
      scheduler.setTimesteps(STEPS);
    } catch {
      scheduler.setTimesteps(2);
    }
  };
  const steps = () => {
    setTimesteps();
    const { timesteps } = scheduler;
    const start = performance.now();
    for (const t of timesteps) scheduler.step(output, t, sample, options);
    return (performance.now() - start) / timesteps.length;
  };
  const copied = (copy: (from: Tensor) => void) => {
    const start = performance.now();
    for (let i = 0; i < STEPS; i++) copy(sample);
    return (performance.now() - start) / STEPS;
  };
  let kept = sample.data;
  const set = () => copied(({ data }) => out.set(data));
  const slice = () => copied(({ data }) => void (kept = data.slice()));
  try {
    const rounds = Array.from({ length: ROUNDS + 3 }, () => ({
      step: repeated(steps),
      set: repeated(set),
      slice: repeated(slice),
    })).slice(3);
    if (kept.length !== out.length) throw new Error("Nothing was copied");
    return {
      step: 1000 * median(rounds.map(({ step }) => step)),
      overSet: median(rounds.map(({ step, set }) => step / set)),
      overSlice: median(rounds.map(({ step, slice }) => step / slice)),
    };
  } catch (error) {
    console.log(`Not timed: ${row.name} (${(error as Error).message})`);
    return undefined;
  }
}

/** The median of as many measurements as fit in a round. */
function repeated(measurement: () => number): number {
  const values: number[] = [];
  const end = performance.now() + ROUND;
  do values.push(measurement()); while (performance.now() < end);
  return median(values);
}

function barOf({ page: { order, evaluations } }: Row): number {
  return order <= 1 && evaluations === 1 ? bars.first : bars.higher;
}

async function timeDiffusers(python: string, classNames: readonly string[]): Promise<Theirs> {
  const script = fileURLToPath(new URL("./step.py", import.meta.url));
  const asked = JSON.stringify({ classes: classNames, shapes, steps: STEPS, rounds: ROUNDS });
  const { stdout } = await promisify(execFile)(python, [script, asked], { maxBuffer: 1e7 });
  return JSON.parse(stdout) as Theirs;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
