import { describe, expect, it } from "vitest";
import { blur } from "../../../lib/image/blur.ts";
import { maskTo, toMask } from "../../../lib/image/mask.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { bytes, drawn, golden } from "../../fixtures/image/golden.ts";
import { floats } from "../../fixtures/read.ts";

const pixel = (...data: number[]) => {
  return { width: 1, height: 1, channels: data.length as 1 | 3 | 4, data: Uint8Array.from(data) };
};

describe("toMask", () => {
  it("parts a picture as diffusers does", () => {
    const mask = toMask(drawn("RGB"));
    expect(mask.shape).toEqual([1, 1, 11, 13]);
    expect([...mask.data]).toEqual([...bytes(golden.masks.binary)]);
  });

  it.each(
    [
      [pixel(127), {}, 0],
      [pixel(128), {}, 1],
      [pixel(51), { threshold: 0.2 }, 1],
      [pixel(50), { threshold: 0.2 }, 0],
      [pixel(0), { threshold: 0 }, 1],
      [pixel(51), { threshold: null }, 0.2],
      [pixel(255, 255, 255, 255), {}, 1],
      [pixel(255, 255, 255, 0), {}, 0],
      [pixel(255, 255, 255, 255), { from: "alpha" }, 0],
      [pixel(0, 0, 0, 0), { from: "alpha" }, 1],
      [pixel(0, 0, 0, 204), { from: "alpha", threshold: null }, 0.2],
    ] as const,
  )("makes of %o with %o %d", (picture, options, expected) => {
    expect(toMask(picture, options).data[0]).toBeCloseTo(expected, 6);
  });

  it("softens its edge on demand", () => {
    const sharp = toMask(drawn("L"));
    expect(toMask(drawn("L"), { feather: 1.5 })).toEqual(blur(sharp, 1.5));
  });

  it("refuses thresholds outside, and opacity of a picture without it", () => {
    for (const threshold of [-0.1, 1.1, NaN]) {
      expect(() => toMask(drawn("L"), { threshold })).toThrow(`Cannot part a mask at ${threshold}: expected a number`);
    }
    expect(() => toMask(drawn("RGB"), { from: "alpha" })).toThrow("Cannot read a mask from the opacity of a picture");
  });
});

describe("maskTo", () => {
  const mask = toMask(drawn("RGB"));

  it.each(golden.masks.latents)("takes torch's pixels at $width×$height", ({ width, height, nearest }) => {
    const small = maskTo(mask, { width, height });
    expect(small.shape).toEqual([1, 1, height, width]);
    expect([...small.data]).toEqual([...bytes(nearest)]);
  });

  it.each(golden.masks.latents.filter(({ area }) => area !== null))("takes torch's mean at $width×$height", (case_) => {
    const { width, height, area } = case_;
    const expected = floats(area!);
    maskTo(mask, { width, height, by: "area" }).data.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 6));
  });

  it("marks every place that holds anything to be painted anew", () => {
    const dots = tensor([2, 1, 4, 4]);
    dots.data[5] = 0.01;
    dots.data[16 + 10] = 1;
    const small = maskTo(dots, { width: 2, height: 2, by: "any" });
    expect([...small.data]).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
    expect([...maskTo(dots, { width: 2, height: 2 }).data.subarray(4)]).toEqual([0, 0, 0, 1]);
  });

  it("refuses what is no mask", () => {
    expect(() => maskTo(tensor([1, 3, 4, 4]), { width: 2, height: 2 })).toThrow(
      "Cannot use a mask of shape [1,3,4,4]: expected [count, 1, height, width]",
    );
  });
});
