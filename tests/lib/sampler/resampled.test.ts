import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { euler } from "../../../lib/sampler/euler.ts";
import { repeatedSteps, resampled } from "../../../lib/sampler/resampled.ts";
import type { Sampler } from "../../../lib/sampler/sampler.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import { mix } from "../../../lib/tensor/mix.ts";

const steps = methodOf({ _class_name: "DDIMScheduler" }).grid(4);

function levels(sampler: Sampler): number[] {
  const times = [];
  for (let turn = sampler.next(); !turn.done;) {
    times.push(turn.value.at.time);
    turn = sampler.next(read("epsilon", mix([0.5, turn.value.x]), turn.value));
  }
  return times;
}

describe("resampled", () => {
  it("asks at each level as often as it is told", () => {
    const noise = torchGenerator(0).randn;
    const sampler = (x: Parameters<typeof euler>[0], part: Parameters<typeof euler>[1]) => euler(x, part);
    const found = levels(resampled(noise([1, 16]), repeatedSteps(steps, 3), { sampler, times: 3, noise }));
    expect(found).toEqual(steps.flatMap(([{ time }]) => [time, time, time]));
  });

  it("is the sampler itself when each step is taken once", () => {
    const noise = () => expect.unreachable();
    const [x, plain] = [torchGenerator(1).randn([1, 16]), torchGenerator(1).randn([1, 16])];
    const end = (sampler: Sampler) => {
      let turn = sampler.next();
      while (!turn.done) turn = sampler.next(read("epsilon", mix([0.5, turn.value.x]), turn.value));
      return turn.value.data;
    };
    const again = resampled(x, repeatedSteps(steps, 1), { sampler: (x, part) => euler(x, part), times: 1, noise });
    const [found, expected] = [end(again), end(euler(plain, steps))];
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  });

  it("goes back up to a sample of the level: standard normal images stay as strong as they are", () => {
    const { randn } = torchGenerator(2);
    const [step] = methodOf({ _class_name: "DDIMScheduler" }).grid(10).slice(4);
    const [from, to] = step!;
    const image = randn([1, 40_000]);
    const x = mix([from.alpha, image], [from.sigma, randn([1, 40_000])]);
    // A network that knows everything: the noise that is left is what it says.
    const sampler = resampled(x, repeatedSteps([step!], 2), {
      sampler: (x, part) => euler(x, part),
      times: 2,
      noise: randn,
    });
    const { value } = sampler.next() as { value: { x: typeof x; at: typeof from } };
    const noise = mix([1 / value.at.sigma, value.x], [-value.at.alpha / value.at.sigma, image]);
    const { value: second } = sampler.next({ x: value.x, image, noise, raw: noise }) as { value: { x: typeof x } };
    const left = mix([1, second.x], [-from.alpha, image]).data;
    const deviation = Math.sqrt(left.reduce((sum, value) => sum + value ** 2, 0) / left.length);
    expect(deviation).toBeCloseTo(from.sigma, 1.5);
    expect(to.sigma).toBeLessThan(from.sigma);
  });
});

describe("repeatedSteps", () => {
  it("gives each repetition levels of its own", () => {
    const repeated = repeatedSteps(steps, 2);
    expect(repeated).toHaveLength(8);
    expect(new Set(repeated.map(([from]) => from)).size).toBe(8);
    expect(repeated[0]).toEqual(steps[0]);
    expect(repeated[1]).toEqual(steps[0]);
  });

  it("keeps the manner of a step", () => {
    const [from, to] = steps[0]!;
    expect(repeatedSteps([[from, to, { order: 2 }]], 2)[1]![2]).toEqual({ order: 2 });
  });
});
