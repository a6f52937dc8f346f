import { describe, expect, it } from "vitest";
import { contactSheet } from "../../../lib/image/contact_sheet.ts";
import type { Picture } from "../../../lib/image/picture.ts";

const dot = (value: number): Picture => ({ width: 1, height: 1, channels: 1, data: Uint8Array.of(value) });

function rows({ width, data, channels }: Picture): number[][] {
  const row = width * channels;
  return Array.from({ length: data.length / row }, (_, y) => [...data.subarray(y * row, (y + 1) * row)]);
}

describe("contactSheet", () => {
  it("lays pictures out in one row by default", () => {
    expect(rows(contactSheet([dot(1), dot(2), dot(3)]))).toEqual([[1, 2, 3]]);
  });

  it("breaks rows, with gaps between but not around, and black where none is left", () => {
    expect(rows(contactSheet([dot(1), dot(2), dot(3)], { columns: 2, gap: 1 }))).toEqual([[1, 0, 2], [0, 0, 0], [
      3,
      0,
      0,
    ]]);
  });

  it("enlarges each pixel to a square", () => {
    const pair: Picture = { width: 2, height: 1, channels: 1, data: Uint8Array.of(5, 6) };
    expect(rows(contactSheet([pair], { scale: 2 }))).toEqual([[5, 5, 6, 6], [5, 5, 6, 6]]);
  });

  it("is no wider than its pictures", () => {
    expect(contactSheet([dot(1), dot(2)], { columns: 9 }).width).toBe(2);
  });

  it("keeps the channels of a pixel together, and gaps opaque", () => {
    const red: Picture = { width: 1, height: 1, channels: 4, data: Uint8Array.of(255, 0, 0, 128) };
    expect(rows(contactSheet([red, red], { gap: 1 }))).toEqual([[255, 0, 0, 128, 0, 0, 0, 255, 255, 0, 0, 128]]);
  });

  it("refuses none, unlike ones, and numbers that make no sheet", () => {
    expect(() => contactSheet([])).toThrow(RangeError);
    expect(() => contactSheet([dot(1), { ...dot(1), channels: 3, data: new Uint8Array(3) }])).toThrow(/1×1×1.*1×1×3/);
    for (const options of [{ columns: 0 }, { columns: 1.5 }, { gap: -1 }, { scale: 0 }, { scale: NaN }]) {
      expect(() => contactSheet([dot(1)], options)).toThrow(RangeError);
    }
  });
});
