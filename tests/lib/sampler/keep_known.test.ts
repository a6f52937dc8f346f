import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { euler } from "../../../lib/sampler/euler.ts";
import { keepKnown } from "../../../lib/sampler/keep_known.ts";
import type { Sampler } from "../../../lib/sampler/sampler.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import { mix, settle } from "../../../lib/tensor/mix.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const steps = methodOf({ _class_name: "DDIMScheduler" }).grid(5);
const [image, noise, start] = [1, 2, 3].map((seed) => torchGenerator(seed).randn([1, 1, 4, 4]));
const half = tensor([1, 1, 4, 4], Float32Array.from({ length: 16 }, (_, i) => i < 8 ? 0 : 1));

/** Runs a sampler with a network that says half of the sample is noise. */
function walked(sampler: Sampler) {
  const seen = [];
  let turn = sampler.next();
  while (!turn.done) {
    settle(turn.value.x);
    seen.push(turn.value);
    turn = sampler.next(read("epsilon", mix([0.5, turn.value.x]), turn.value));
  }
  return { seen, end: turn.value };
}

describe("keepKnown", () => {
  it("shows the network what is known with the noise of the level, and ends at what is known", () => {
    const { seen, end } = walked(keepKnown(euler(start!, steps), { image: image!, mask: half, noise: noise! }));
    for (const { x, at } of seen) {
      for (let i = 0; i < 8; i++) {
        expect(x.data[i]).toBeCloseTo(at.alpha * image!.data[i]! + at.sigma * noise!.data[i]!, 5);
      }
    }
    expect([...end.data.subarray(0, 8)]).toEqual([...image!.data.subarray(0, 8)]);
    const free = walked(euler(start!, steps)).end;
    // The network that answers here looks at each place alone, so what is made anew is what it would be without a mask.
    for (let i = 8; i < 16; i++) expect(end.data[i]).toBeCloseTo(free.data[i]!, 5);
  });

  it("changes nothing where all is made anew, with samplers that remember, too", () => {
    const { sampler } = methodOf({ _class_name: "DPMSolverMultistepScheduler" });
    const all = mix([0, half]).data.fill(1);
    const { end } = walked(
      keepKnown(sampler(start!, steps), {
        image: image!,
        mask: tensor([1, 1, 4, 4], all),
        noise: noise!,
      }),
    );
    const free = walked(sampler(start!, steps)).end;
    end.data.forEach((value, i) => expect(value).toBeCloseTo(free.data[i]!, 5));
  });

  it("goes half of the way where the mask is one half", () => {
    const soft = tensor([1, 1, 4, 4], new Float32Array(16).fill(0.5));
    const { end } = walked(keepKnown(euler(start!, steps.slice(-1)), { image: image!, mask: soft, noise: noise! }));
    const known = mix([steps.at(-1)![0].alpha, image!], [steps.at(-1)![0].sigma, noise!]);
    const { end: fromThere } = walked(euler(mix([0.5, known], [0.5, start!]), steps.slice(-1)));
    end.data.forEach((value, i) => expect(value).toBeCloseTo((fromThere.data[i]! + image!.data[i]!) / 2, 5));
  });

  it("refuses a mask of another shape", () => {
    const sampler = keepKnown(euler(start!, steps), { image: image!, mask: tensor([1, 1, 2, 2]), noise: noise! });
    expect(() => sampler.next()).toThrow(/\[1,1,2,2\].*\[1,1,4,4\]/);
  });
});
