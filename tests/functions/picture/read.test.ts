import { Buffer } from "node:buffer";
import { mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodePng, encodePng, type Picture } from "@unnoise/lib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPicture } from "../../../functions/picture/read.ts";
import { rawPng } from "../../fixtures/png.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterAll(() => rm(folder, { recursive: true }));

/** Writes a file into the folder, and gives its path. */
async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** A picture of few, large patches, which a lossy format keeps. */
function patches(channels: 1 | 3 | 4, size = 32): Picture {
  const data = Uint8Array.from({ length: size * size * channels }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const [left, up] = [pixel % size < size / 2, Math.floor(pixel / size) < size / 2];
    return channel === 3 ? 255 : left ? (up ? 220 : 60 + 40 * channel) : up ? 30 * channel : 128;
  });
  return { width: size, height: size, channels, data };
}

function sharped({ width, height, channels, data }: Picture) {
  return sharp(data, { raw: { width, height, channels } });
}

function difference(a: Picture, b: Picture): number {
  expect([a.width, a.height, a.channels]).toEqual([b.width, b.height, b.channels]);
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0);
}

describe("a picture", () => {
  test.each(
    [
      ["PNG", (from: Picture) => Promise.resolve(Buffer.from(encodePng(from))), 0],
      ["WebP", (from: Picture) => sharped(from).webp({ lossless: true }).toBuffer(), 0],
      ["lossy WebP", (from: Picture) => sharped(from).webp({ quality: 95 }).toBuffer(), 20],
      ["JPEG", (from: Picture) => sharped(from).jpeg({ quality: 98, chromaSubsampling: "4:4:4" }).toBuffer(), 8],
      ["progressive JPEG", (from: Picture) => sharped(from).jpeg({ quality: 98, progressive: true }).toBuffer(), 30],
      ["still GIF", (from: Picture) => sharped(from).gif().toBuffer(), 8],
    ] as const,
  )("is read from %s", async (_, encode, most) => {
    expect(difference(await readPicture(await encode(patches(3))), patches(3))).toBeLessThanOrEqual(most);
  });

  test("is known by its content, whatever its name says, and from a path as from bytes", async () => {
    const bytes = await sharped(patches(3)).jpeg().toBuffer();
    expect(await readPicture(await file("really.png", bytes))).toEqual(await readPicture(bytes));
  });

  test("stands upright, however the camera was held", async () => {
    // Where EXIF says that the first row and the first column are, after CIPA DC-008.
    const corners: Readonly<Record<number, (x: number, y: number) => readonly [x: number, y: number]>> = {
      1: (x, y) => [x, y],
      2: (x, y) => [2 - x, y],
      3: (x, y) => [2 - x, 1 - y],
      4: (x, y) => [x, 1 - y],
      5: (x, y) => [y, x],
      6: (x, y) => [1 - y, x],
      7: (x, y) => [1 - y, 2 - x],
      8: (x, y) => [y, 2 - x],
    };
    const stored: Picture = {
      width: 3,
      height: 2,
      channels: 3,
      data: Uint8Array.from({ length: 18 }, (_, i) => i * 10),
    };
    for (const [orientation, place] of Object.entries(corners)) {
      const bytes = await sharped(stored).withMetadata({ orientation: Number(orientation) }).webp({ lossless: true })
        .toBuffer();
      const { width, height, data } = await readPicture(bytes);
      expect([width, height]).toEqual(Number(orientation) < 5 ? [3, 2] : [2, 3]);
      for (const [x, y] of [[0, 0], [2, 0], [0, 1], [1, 1]] as const) {
        const [toX, toY] = place(x, y);
        expect(data[(toY * width + toX) * 3], `orientation ${orientation}`).toBe((y * 3 + x) * 30);
      }
    }
  });

  test("comes from CMYK with about its colours", async () => {
    const bytes = await sharped(patches(3)).toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe("cmyk");
    expect(difference(await readPicture(bytes), patches(3))).toBeLessThan(50);
  });

  test("comes from a colour profile into sRGB", async () => {
    const bytes = await sharped(patches(3)).withIccProfile("p3").png().toBuffer();
    expect(difference(decodePng(bytes), patches(3))).toBeGreaterThan(5);
    expect(difference(await readPicture(bytes), patches(3))).toBeLessThanOrEqual(2);
  });

  test.each(
    [
      ["16 bits", { depth: 16, colour: 2, rows: [[0, 0, 128, 128, 255, 255]] }, [3, 0, 128, 255]],
      ["16 bits of grey", { depth: 16, colour: 0, rows: [[200, 200]] }, [1, 200]],
      ["8 bits of grey", { depth: 8, colour: 0, rows: [[7]] }, [1, 7]],
      ["1 bit of grey", { depth: 1, colour: 0, rows: [[0x80]] }, [1, 255]],
      ["a palette", { depth: 8, colour: 3, palette: [1, 2, 3, 4, 5, 6], rows: [[1]] }, [3, 4, 5, 6]],
      ["grey with opacity", { depth: 8, colour: 4, rows: [[10, 0]] }, [3, 255, 255, 255]],
      ["RGB with opacity", { depth: 8, colour: 6, rows: [[10, 20, 30, 255]] }, [3, 10, 20, 30]],
    ] as const,
  )("comes from %s", async (_, stored, [channels, ...data]) => {
    const picture = await readPicture(rawPng({ width: 1, height: 1, ...stored }));
    expect(picture).toEqual({ width: 1, height: 1, channels, data: Uint8Array.from(data) });
  });

  test("keeps its opacity on demand, and gets another background", async () => {
    const bytes = encodePng({ width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 255) });
    expect((await readPicture(bytes, { alpha: "keep" })).channels).toBe(4);
    expect([...(await readPicture(bytes)).data]).toEqual([255, 255, 255, 4, 5, 6]);
    expect([...(await readPicture(bytes, { background: [9, 8, 7] })).data]).toEqual([9, 8, 7, 4, 5, 6]);
  });

  test("may be a single pixel, or a hair", async () => {
    for (const size of [{ width: 1, height: 1 }, { width: 3000, height: 1 }, { width: 1, height: 3000 }]) {
      const bytes = await sharp({ create: { ...size, channels: 3, background: "white" } }).jpeg().toBuffer();
      expect(await readPicture(bytes)).toMatchObject(size);
    }
  });
});

describe("what is refused", () => {
  const frames = async () => {
    const pictures = [patches(3), { ...patches(3), data: patches(3).data.map((value) => 255 - value) }];
    const files = await Promise.all(pictures.map((picture) => sharped(picture).png().toBuffer()));
    return sharp(files, { join: { animated: true } });
  };

  test.each(
    [["WebP", async () => (await frames()).webp().toBuffer()], ["GIF", async () => (await frames()).gif().toBuffer()], [
      "PNG",
      () => Promise.resolve(animated(encodePng(patches(3)))),
    ]] as const,
  )("is an animated %s", async (_, encode) => {
    const path = await file("moving.png", await encode());
    await expect(readPicture(path)).rejects.toThrow(
      new TypeError(`Cannot read ${path}: found an animation, expected a still picture`),
    );
  });

  test.each(
    [
      ["PNG", (picture: Picture) => sharped(picture).png().toBuffer()],
      ["JPEG", (picture: Picture) => sharped(picture).jpeg().toBuffer()],
      ["WebP", (picture: Picture) => sharped(picture).webp().toBuffer()],
      ["GIF", (picture: Picture) => sharped(picture).gif().toBuffer()],
    ] as const,
  )("is a %s that was cut short, wherever", async (name, encode) => {
    const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919 + (i >> 3) * 104729) % 256);
    const bytes = await encode({ width: 64, height: 64, channels: 3, data: noise });
    for (const share of [0.02, 0.1, 0.5, 0.9]) {
      const part = bytes.subarray(0, Math.max(12, Math.floor(bytes.length * share)));
      await expect(readPicture(part), String(share)).rejects.toThrow(
        new TypeError(`Cannot read the picture: the ${name} picture is damaged or cut short`),
      );
    }
  });

  test.each([
    ["empty.png", "", "found an empty file"],
    ["letter.png", "Dear Sir or Madam", "found a text"],
    ["drawing.png", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "found an SVG drawing"],
    ["photo.heic", "\0\0\0\x18ftypheic\0\0\0\0", "found a HEIC or AVIF picture"],
    ["bytes.jpg", "\x01\x02\x03\x04", "found bytes of no known format"],
  ])("is %s", async (name, content, found) => {
    const path = await file(name, content);
    await expect(readPicture(path)).rejects.toThrow(
      new TypeError(`Cannot read ${path}: ${found}, expected a PNG, JPEG or WebP picture`),
    );
  });

  test("is what is not there, a folder, and what cannot be reached", async () => {
    const missing = join(folder, "missing.png");
    await expect(readPicture(missing)).rejects.toThrow(
      new TypeError(`Cannot read ${missing}: there is no such file`),
    );
    await expect(readPicture(join(await file("plain", "x"), "a.png"))).rejects.toThrow("there is no such file");
    await expect(readPicture(folder)).rejects.toThrow(
      new TypeError(`Cannot read ${folder}: it is a folder, expected a file`),
    );
    const circle = join(folder, "circle.png");
    await symlink(circle, circle);
    await expect(readPicture(circle)).rejects.toThrow(/^Cannot read .*circle\.png: [^\n]+$/);
  });

  test("is more than 67 million pixels, before anything is unpacked", async () => {
    const claims = rawPng({ width: 10_000, height: 10_000, depth: 8, colour: 6, rows: [[0]] });
    const before = performance.now();
    await expect(readPicture(claims)).rejects.toThrow(
      new RangeError("Cannot read the picture: found 10000×10000 pixels, expected at most 67108864 in all"),
    );
    expect(performance.now() - before).toBeLessThan(500);
    const jpeg = await sharped(patches(3)).jpeg().toBuffer();
    await expect(readPicture(jpeg, { maxPixels: 1023 })).rejects.toThrow(RangeError);
    expect((await readPicture(jpeg, { maxPixels: 1024 })).width).toBe(32);
  });

  test("is a file of more bytes than any picture", async () => {
    const path = await file("huge.png", "");
    await truncate(path, 2 ** 28 + 1);
    await expect(readPicture(path)).rejects.toThrow(
      new RangeError(`Cannot read ${path}: found 268435457 bytes, expected at most 268435456`),
    );
  });
});

/** A PNG file with the chunk of an animation before its pixels. */
function animated(bytes: Uint8Array): Uint8Array {
  const control = new Uint8Array(20);
  new DataView(control.buffer).setUint32(0, 8);
  control.set(new TextEncoder().encode("acTL"), 4);
  control.set([0, 0, 0, 2, 0, 0, 0, 0, 0xf3, 0x8d, 0x93, 0x70], 8);
  const behindHeader = 8 + 25;
  return Uint8Array.from([...bytes.subarray(0, behindHeader), ...control, ...bytes.subarray(behindHeader)]);
}
