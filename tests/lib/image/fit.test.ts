import { describe, expect, it } from "vitest";
import { fitTo } from "../../../lib/image/fit.ts";
import { resize } from "../../../lib/image/resize.ts";
import { bytes, drawn, golden } from "../../fixtures/image/golden.ts";

const colours = { L: [200, 0, 0], RGB: [200, 100, 50] } as const;

describe("fitTo", () => {
  it.each(golden.fitted)("covers $width×$height as Pillow's ImageOps.fit, $mode", ({ mode, width, height, cover }) => {
    const picture = fitTo(drawn(mode), { width, height });
    expect([picture.width, picture.height]).toEqual([width, height]);
    expect([...picture.data]).toEqual([...bytes(cover)]);
  });

  it.each(golden.fitted)("keeps all of it within $width×$height as ImageOps.pad, $mode", (case_) => {
    const { mode, width, height, contain } = case_;
    const picture = fitTo(drawn(mode), { width, height, fit: "contain", background: colours[mode] });
    expect([...picture.data]).toEqual([...bytes(contain)]);
  });

  it("distorts when it is to fill", () => {
    const size = { width: 4, height: 9 };
    expect(fitTo(drawn("RGBA"), { ...size, fit: "fill" })).toEqual(
      resize(drawn("RGBA"), { ...size, filter: "lanczos" }),
    );
  });

  it("puts opaque margins beside a picture with opacity", () => {
    const clear = { width: 1, height: 1, channels: 4, data: new Uint8Array(4) } as const;
    const { data } = fitTo(clear, { width: 3, height: 1, fit: "contain", background: [1, 2, 3] });
    expect([...data]).toEqual([1, 2, 3, 255, 0, 0, 0, 0, 1, 2, 3, 255]);
  });

  it.each(["cover", "contain", "fill"] as const)("makes something of one pixel and of a hair with %s", (way) => {
    for (const [width, height] of [[1, 1], [1000, 1], [1, 1000]] as const) {
      const picture = { width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(77) } as const;
      const fitted = fitTo(picture, { width: 8, height: 6, fit: way, background: [77, 77, 77] });
      expect(fitted).toEqual({ width: 8, height: 6, channels: 3, data: new Uint8Array(8 * 6 * 3).fill(77) });
    }
  });

  it("refuses ways that there are not", () => {
    expect(() => fitTo(drawn("L"), { width: 1, height: 1, fit: "crop" as "cover" })).toThrow(
      'Cannot fit a picture with "crop": expected cover, contain or fill',
    );
  });
});
