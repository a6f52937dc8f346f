import { describe, expect, it } from "vitest";
import { knownPictures } from "../../../lib/pipeline/known_pictures.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const model = { pictureShape: [1, 1, 2] } as const;
const one = tensor([1, 1, 1, 2], new Float32Array([3, 4]));

describe("knownPictures", () => {
  it("takes one for each, or one alone for all", () => {
    expect(knownPictures(one, 1, model)).toBe(one);
    expect(knownPictures(one, 3, model)).toEqual(tensor([3, 1, 1, 2], new Float32Array([3, 4, 3, 4, 3, 4])));
    const two = tensor([2, 1, 1, 2]);
    expect(knownPictures(two, 2, model)).toBe(two);
  });

  it.each([[[2, 1, 1, 2]], [[1, 3, 1, 2]], [[1, 1, 2, 2]], [[1, 2]]])("refuses shape %j", (shape) => {
    expect(() => knownPictures(tensor(shape), 3, model)).toThrow(/expected \[3,1,1,2\] or one alone/);
  });
});
