import { describe, expect, it } from "vitest";
import { resize } from "../../../lib/image/resize.ts";
import { bytes, drawn, golden } from "../../fixtures/image/golden.ts";

describe("resize", () => {
  it.each(golden.resized)("makes Pillow's bytes of $mode with $filter at $width×$height", (case_) => {
    const { mode, data, ...options } = case_;
    const picture = resize(drawn(mode), options);
    expect(picture).toMatchObject({ width: options.width, height: options.height });
    expect([...picture.data]).toEqual([...bytes(data)]);
  });

  it.each(golden.boxes)("makes Pillow's bytes of the part $box with $filter", ({ filter, box, data }) => {
    const [left, top, right, bottom] = box;
    const picture = resize(drawn("RGB"), { width: 6, height: 5, filter, box: { left, top, right, bottom } });
    expect([...picture.data]).toEqual([...bytes(data)]);
  });

  it("is bicubic by default", () => {
    expect(resize(drawn("L"), { width: 5, height: 4 })).toEqual(
      resize(drawn("L"), { width: 5, height: 4, filter: "bicubic" }),
    );
  });

  it.each(["nearest", "area", "bilinear", "bicubic", "lanczos"] as const)("keeps one colour with %s", (filter) => {
    const plain = { width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 128, 254) } as const;
    const large = resize(plain, { width: 9, height: 7, filter });
    expect(new Set(large.data)).toEqual(new Set([1, 128, 254]));
    expect(resize(large, { width: 1, height: 1, filter })).toEqual(plain);
  });

  it("gives a copy where nothing changes", () => {
    const picture = drawn("RGBA");
    const same = resize(picture, picture);
    expect(same.data).not.toBe(picture.data);
    expect(same).toEqual({ ...picture, data: picture.data.slice() });
  });

  it("shows nothing of colours that are transparent", () => {
    const data = Uint8Array.of(255, 0, 0, 0, 0, 0, 255, 255);
    const [red, , blue, opacity] = resize({ width: 2, height: 1, channels: 4, data }, { width: 1, height: 1 }).data;
    expect([red, blue, opacity]).toEqual([0, 255, 128]);
  });

  it.each([[0, 1], [1, 0], [1.5, 1], [1, NaN], [-3, 1], [1, Infinity]])("refuses %d×%d", (width, height) => {
    expect(() => resize(drawn("L"), { width, height })).toThrow(/^Cannot resize a picture: (width|height) is .+, exp/);
  });

  it("refuses filters that there are not, and boxes outside", () => {
    const size = { width: 2, height: 2 };
    expect(() => resize(drawn("L"), { ...size, filter: "mitchell" as "area" })).toThrow(
      'Cannot resize with "mitchell": expected nearest, area, bilinear, bicubic, lanczos',
    );
    for (const box of [[-1, 0, 4, 4], [0, 0, 14, 4], [3, 3, 3, 4], [0, NaN, 4, 4]] as const) {
      const [left, top, right, bottom] = box;
      expect(() => resize(drawn("L"), { ...size, box: { left, top, right, bottom } })).toThrow(RangeError);
    }
  });
});
