import { describe, expect, it } from "vitest";
import { magnitudeAware } from "../../../lib/guidance/magnitude_aware.ts";
import { answers, pictures } from "./answers.ts";

describe("magnitudeAware", () => {
  it("guides less where the answers are further apart, picture by picture", () => {
    const both = answers(pictures([2, 0], [3, 0]), pictures([1, 0], [1, 0]), 5);
    const { data } = magnitudeAware(Math.log(2))()(both);
    [4, 0, 5, 0].forEach((value, i) => expect(data[i]).toBeCloseTo(value, 6));
  });

  it("is plain guidance at α = 0, and finite where nothing is said without the condition", () => {
    const silent = answers(pictures([2, 4], [0, 0]), pictures([0, 0], [0, 0]), 3);
    expect([...magnitudeAware(0)()(silent).data]).toEqual([6, 12, 0, 0]);
    expect([...magnitudeAware()()(silent).data]).toEqual([2, 4, 0, 0]);
  });
});
