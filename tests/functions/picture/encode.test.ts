import { encodePng, type Picture, withChannels } from "@unnoise/lib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { encodePicture } from "../../../functions/picture/encode.ts";
import { readPicture } from "../../../functions/picture/read.ts";

const settings = { prompt: ['日本 "<&>" 🍕'], seed: 7, guidance: 2.5, sketch: false };
const formats = ["png", "jpeg", "webp"] as const;

function noise(channels: 1 | 3 | 4): Picture {
  const data = Uint8Array.from({ length: 20 * 12 * channels }, (_, i) => (i * 7919) % 256);
  return { width: 20, height: 12, channels, data };
}

describe("the bytes of a picture", () => {
  test.each(formats)("carry its settings in %s", async (format) => {
    const bytes = await encodePicture(noise(3), { format, settings });
    expect((await sharp(bytes).metadata()).format).toBe(format);
    expect((await readPicture(bytes)).settings).toEqual(settings);
  });

  test.each(formats)("are the same again in %s, and have no settings where there are none", async (format) => {
    const bytes = await encodePicture(noise(3), { format });
    expect(await encodePicture(noise(3), { format })).toEqual(bytes);
    expect(await readPicture(bytes)).not.toHaveProperty("settings");
  });

  test("are those of lib in PNG", async () => {
    expect(await encodePicture(noise(4), { format: "png" })).toEqual(encodePng(noise(4)));
  });

  test.each([1, 3, 4] as const)("lose nothing of %d channels in PNG and WebP", async (channels) => {
    for (const format of ["png", "webp"] as const) {
      const read = await readPicture(await encodePicture(noise(channels), { format }), { alpha: "keep" });
      // WebP knows no grey.
      expect(withChannels(read, channels)).toEqual(noise(channels));
    }
  });

  test("are fewer at a lower quality", async () => {
    for (const format of ["jpeg", "webp"] as const) {
      const [low, high] = await Promise.all([10, 90].map((quality) => encodePicture(noise(3), { format, quality })));
      expect(low!.length).toBeLessThan(high!.length);
    }
  });

  test("show white where JPEG has no transparent pixels", async () => {
    const clear = { width: 8, height: 8, channels: 4, data: new Uint8Array(256) } as const;
    expect(new Set((await readPicture(await encodePicture(clear, { format: "jpeg" }))).data)).toEqual(new Set([255]));
  });

  test("leave settings out that JPEG has no room for, and only there", async () => {
    const long = { prompt: "word ".repeat(14_000) };
    const read = async (format: "png" | "jpeg" | "webp") => {
      return (await readPicture(await encodePicture(noise(3), { format, settings: long }))).settings;
    };
    expect(await read("jpeg")).toBeUndefined();
    expect(await read("png")).toEqual(long);
    expect(await read("webp")).toEqual(long);
    const most = { prompt: "w".repeat(59_000) };
    const bytes = await encodePicture(noise(3), { format: "jpeg", settings: most });
    expect((await readPicture(bytes)).settings).toEqual(most);
  });

  test("are refused in a sentence where the format holds fewer pixels", async () => {
    const long = { width: 17_000, height: 1, channels: 1, data: new Uint8Array(17_000) } as const;
    await expect(encodePicture(long, { format: "webp" })).rejects.toThrow(
      new RangeError("Cannot make a webp file of 17000×1 pixels: it holds fewer"),
    );
  });
});
