import { describe, expect, it } from "vitest";
import { copying } from "../../../lib/metrics/copying.ts";
import { notesOn } from "../../../lib/pipeline/evaluation.ts";

const nothing = { pairs: undefined, frechet: undefined, judged: undefined, nearest: undefined };
const counts = { generated: 500, real: 600, training: undefined };
const yardstick = { count: 300, generated: 1, real: 1 };

describe("notesOn", () => {
  it("has nothing to say of figures that stand by themselves", () => {
    const frechet = { distance: 1, features: 128, yardstick };
    expect(notesOn({ ...nothing, counts, frechet, pairs: { psnr: [1], ssim: [1] } })).toEqual([]);
  });

  it("says when pictures are few for their features", () => {
    const frechet = { distance: 1, features: 500, yardstick };
    expect(notesOn({ ...nothing, counts, frechet })).toEqual([
      expect.stringMatching(/^500 pictures are few for 500 features/),
    ]);
    expect(notesOn({ ...nothing, counts, frechet: { ...frechet, features: 8, yardstick: undefined } })).toEqual([
      "There are too few real pictures to compare some of them with others.",
    ]);
  });

  it("says when SSIM is missing, and when real pictures are training pictures", () => {
    const near = [{ index: 0, distance: 0, crowd: 1 }, { index: 0, distance: 1, crowd: 1 }];
    const nearest = { by: "pixels", generated: near, real: near, copying: copying(near, near) } as const;
    expect(notesOn({ ...nothing, counts, pairs: { psnr: [1], ssim: undefined }, nearest })).toEqual([
      "SSIM needs pictures of at least 11×11 pixels.",
      expect.stringMatching(/^1 of 600 real pictures stand in the training set, too/),
    ]);
  });
});
