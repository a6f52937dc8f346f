import { describe, expect, it } from "vitest";
import { splitVariance } from "../../../lib/prediction/split_variance.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const sample = tensor([2, 1, 2]);

describe("splitVariance", () => {
  it("gives each item its first and its second channels", () => {
    const output = tensor([2, 2, 2], new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]));
    const { raw, variance } = splitVariance(output, sample);
    expect([...raw.data]).toEqual([1, 2, 5, 6]);
    expect([...variance!.data]).toEqual([3, 4, 7, 8]);
    expect(raw.shape).toEqual(sample.shape);
  });

  it("leaves an output of the sample's channels alone", () => {
    const output = tensor([2, 1, 2]);
    expect(splitVariance(output, sample)).toEqual({ raw: output });
  });

  it("refuses any other number of channels", () => {
    expect(() => splitVariance(tensor([2, 3, 2]), sample)).toThrow(/found shape \[2,3,2\], expected 1 or 2 channels/);
  });
});
