import { describe, expect, it } from "vitest";
import { roundHalfEven, spacedTimes, spacingNames } from "../../../lib/schedule/spacing.ts";

const trainSteps = 1000;

describe("spacedTimes", () => {
  it("leads, trails, or holds both ends", () => {
    expect(spacedTimes("leading", 4, { trainSteps })).toEqual([750, 500, 250, 0]);
    expect(spacedTimes("trailing", 4, { trainSteps })).toEqual([999, 749, 499, 249]);
    expect(spacedTimes("linspace", 4, { trainSteps })).toEqual([999, 666, 333, 0]);
  });

  it("starts from the last usable time, with the strides of the whole training where it trails", () => {
    const usable = 600;
    expect(spacedTimes("linspace", 4, { trainSteps, usable })[0]).toBe(599);
    expect(spacedTimes("leading", 4, { trainSteps, usable })).toEqual([450, 300, 150, 0]);
    expect(spacedTimes("trailing", 4, { trainSteps, usable })).toEqual([599, 349, 99]);
  });

  it("rounds halves to even, as NumPy does", () => {
    expect(spacedTimes("trailing", 16, { trainSteps })[1]).toBe(937);
    expect(spacedTimes("linspace", 3, { trainSteps })).toEqual([999, 500, 0]);
  });

  it("keeps fractions of linspace where they are wanted", () => {
    expect(spacedTimes("linspace", 3, { trainSteps, whole: false })).toEqual([999, 499.5, 0]);
  });

  it("adds the offset to leading times, and 0 is an offset", () => {
    expect(spacedTimes("leading", 2, { trainSteps, offset: 1 })).toEqual([501, 1]);
    expect(spacedTimes("leading", 2, { trainSteps, offset: 0 })).toEqual([500, 0]);
    expect(spacedTimes("trailing", 2, { trainSteps, offset: 1 })).toEqual([999, 499]);
  });

  it.each(spacingNames)(
    "of name %s never leaves the training, goes down, and has as many times as asked",
    (spacing) => {
      for (let count = 1; count <= trainSteps; count++) {
        for (const whole of [true, false]) {
          const times = spacedTimes(spacing, count, { trainSteps, whole });
          expect(times.length).toBe(count);
          expect(times[0]!).toBeLessThanOrEqual(trainSteps - 1);
          expect(times.at(-1)!).toBeGreaterThanOrEqual(0);
          expect(times.every((time, i) => i === 0 || time < times[i - 1]!)).toBe(true);
        }
      }
    },
  );

  it.each([0, -1, 1.5, NaN, Infinity, 1001, 1e9])("refuses %d steps, naming them and the most", (count) => {
    expect(() => spacedTimes("leading", count, { trainSteps })).toThrow(RangeError);
    expect(() => spacedTimes("leading", count, { trainSteps })).toThrow(new RegExp(`${count} steps.*1000`));
  });
});

describe("roundHalfEven", () => {
  it.each([[0.5, 0], [1.5, 2], [2.5, 2], [166.5, 166], [-0.5, 0], [-1.5, -2], [2.4, 2], [2.6, 3], [7, 7]])(
    "rounds %d to %d",
    (value, expected) => {
      expect(roundHalfEven(value) + 0).toBe(expected);
    },
  );
});
