import { describe, expect, it } from "vitest";
import { flatten, withChannels } from "../../../lib/image/channels.ts";
import { bytes, drawn, golden } from "../../fixtures/image/golden.ts";

const pixel = (...data: number[]) => {
  return { width: 1, height: 1, channels: data.length as 1 | 3 | 4, data: Uint8Array.from(data) };
};

describe("flatten", () => {
  it("puts a colour behind a picture, as Pillow does", () => {
    const { channels, data } = flatten(drawn("RGBA"), { background: [10, 200, 90] });
    expect(channels).toBe(3);
    // Pillow divides by shifting, which is off by one now and then.
    bytes(golden.flat).forEach((value, i) => expect(Math.abs(data[i]! - value)).toBeLessThanOrEqual(1));
  });

  it("puts white behind it by default, and leaves opaque pictures as they are", () => {
    expect([...flatten(pixel(0, 50, 100, 0)).data]).toEqual([255, 255, 255]);
    expect([...flatten(pixel(0, 50, 100, 255)).data]).toEqual([0, 50, 100]);
    for (const mode of ["L", "RGB"] as const) expect(flatten(drawn(mode))).toEqual(drawn(mode));
  });
});

describe("withChannels", () => {
  it("makes Pillow's grey", () => {
    expect(withChannels(drawn("RGB"), 1)).toEqual({ width: 13, height: 11, channels: 1, data: bytes(golden.grey) });
  });

  it.each(
    [
      [[7], 3, [7, 7, 7]],
      [[7], 4, [7, 7, 7, 255]],
      [[1, 2, 3], 4, [1, 2, 3, 255]],
      [[255, 255, 255], 1, [255]],
      [[0, 0, 0, 0], 3, [255, 255, 255]],
      [[0, 0, 0, 0], 1, [255]],
      [[9, 9, 9, 255], 1, [9]],
      [[5], 1, [5]],
      [[1, 2, 3, 4], 4, [1, 2, 3, 4]],
    ] as const,
  )("makes of %j with %d channels %j", (from, channels, to) => {
    expect(withChannels(pixel(...from), channels)).toEqual(pixel(...to));
  });

  it("flattens onto the background that it is told", () => {
    expect(withChannels(pixel(255, 255, 255, 0), 1, { background: [0, 0, 0] }).data[0]).toBe(0);
  });
});
