import { describe, expect, it } from "vitest";
import { pictureByPicture } from "../../../lib/guidance/picture_by_picture.ts";
import { dot } from "../../../lib/tensor/dot.ts";
import { mix } from "../../../lib/tensor/mix.ts";
import { pictures } from "./answers.ts";

describe("pictureByPicture", () => {
  it("combines each picture with its like, and with no other", () => {
    const combined = pictureByPicture(
      [pictures([1, 2], [3, 4]), pictures([1, 0], [0, 1])],
      (a, b) => mix([dot(a, b), a]),
    );
    expect(combined.shape).toEqual([2, 2]);
    expect([...combined.data]).toEqual([1, 2, 12, 16]);
  });
});
