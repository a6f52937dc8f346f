import { describe, expect, it } from "vitest";
import { judgedShare } from "../../../lib/pipeline/judged_share.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const labels = ["cat", "dog", "owl", "cow", "fox", "bee", "ant"];

/** Scores of pictures, each of which favours some labels, the first of them most. */
function favouring(...pictures: readonly (readonly string[])[]) {
  const data = pictures.flatMap((first) =>
    labels.map((label) => first.includes(label) ? 10 - first.indexOf(label) : 0)
  );
  return tensor([pictures.length, labels.length], new Float32Array(data));
}

const scores = favouring(["cat"], ["dog", "cat"], ["owl", "dog"], ["ant", "bee", "fox", "cow", "owl", "dog"]);

describe("judgedShare", () => {
  it("says which share shows what was asked for, in all and by class, first or among five", () => {
    const { judged, asked, share, firstFive, classes } = judgedShare(scores, {
      labels,
      asked: ["Cat", "cat ", "owl", "dog"],
    });
    expect(judged).toEqual([0, 1, 2, 6]);
    expect(asked).toEqual([0, 0, 2, 1]);
    expect([share, firstFive]).toEqual([0.5, 0.75]);
    expect(classes).toEqual([
      { label: "cat", count: 2, share: 0.5 },
      { label: "dog", count: 1, share: 0 },
      { label: "owl", count: 1, share: 1 },
    ]);
  });

  it("leaves out pictures of which nothing was asked", () => {
    expect(judgedShare(scores, { labels, asked: [undefined, "cat", undefined, undefined] }).share).toBe(0);
    expect(judgedShare(scores, { labels })).toMatchObject({ share: undefined, firstFive: undefined, classes: [] });
  });

  it("refuses names that the judge does not know, and too few of them", () => {
    expect(() => judgedShare(scores, { labels, asked: ["hat", "cat", "cat", "cat"] })).toThrow(
      'Cannot judge whether a picture shows "hat": expected one of cat, dog, owl, cow, fox, bee, ant',
    );
    expect(() => judgedShare(scores, { labels, asked: ["cat"] })).toThrow(
      "Cannot tell what was asked for: found 1 names, expected 4",
    );
    const many = Array.from({ length: 21 }, (_, i) => `label ${i}`);
    expect(() => judgedShare(tensor([1, 21]), { labels: many, asked: ["hat"] })).toThrow("one of the judge's 21 names");
  });
});
