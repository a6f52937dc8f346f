import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng, type Picture } from "@unnoise/lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readKnown, readMask } from "../../../functions/command/known.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, picture: Picture): Promise<string> {
  await writeFile(join(folder, name), encodePng(picture));
  return join(folder, name);
}

function drawn(width: number, height: number, at: (x: number, y: number) => readonly number[]): Picture {
  const pixels = Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));
  return { width, height, channels: pixels[0]!.length as 1 | 3 | 4, data: Uint8Array.from(pixels.flat()) };
}

const rgb = { pictureShape: [3, 4, 4] } as const;
const told = { fit: "cover", mask: undefined, invert: false, feather: 0 } as const;

describe("a picture for a model", () => {
  test("has its size and its channels", async () => {
    const path = await file("wide.png", drawn(12, 8, () => [200, 0, 0]));
    const { image, picture } = await readKnown(path, rgb, { fit: "cover" });
    expect(image.shape).toEqual([1, 3, 4, 4]);
    expect(image.data[0]).toBeCloseTo(200 / 127.5 - 1, 5);
    expect([picture.width, picture.height]).toEqual([12, 8]);
    const grey = await readKnown(path, { pictureShape: [1, 28, 28] }, { fit: "fill" });
    expect(grey.image.shape).toEqual([1, 1, 28, 28]);
  });

  test("may be one pixel, and lies on white where it is transparent", async () => {
    const path = await file("dot.png", drawn(1, 1, () => [0, 0, 0, 0]));
    expect(new Set((await readKnown(path, rgb, { fit: "contain" })).image.data)).toEqual(new Set([1]));
  });
});

describe("a mask", () => {
  const opaque = drawn(4, 4, () => [1, 2, 3]);
  const corner = drawn(4, 4, (x, y) => [x === 0 && y === 0 ? 255 : 0]);
  const first = [1, ...new Array<number>(15).fill(0)];

  test("is white where it is painted anew, or black when turned round", async () => {
    const mask = await file("corner.png", corner);
    const { data, shape } = await readMask("a.png", opaque, { ...rgb, ...told, mask });
    expect(shape).toEqual([1, 1, 4, 4]);
    expect([...data]).toEqual(first);
    const turned = await readMask("a.png", opaque, { ...rgb, ...told, mask, invert: true });
    expect([...turned.data]).toEqual(first.map((value) => 1 - value));
  });

  test("may be larger or smaller than the picture, of the same shape, and loses no scratch", async () => {
    const mask = await file("scratch.png", drawn(64, 64, (x, y) => [x === 3 && y === 3 ? 255 : 0]));
    expect([...(await readMask("a.png", opaque, { ...rgb, ...told, mask })).data]).toEqual(first);
  });

  test("is cut off as the picture is", async () => {
    const wide = drawn(8, 4, () => [0, 0, 0]);
    const mask = await file("left.png", drawn(8, 4, (x) => [x < 4 ? 255 : 0]));
    const { data } = await readMask("a.png", wide, { ...rgb, ...told, mask });
    expect([...data.subarray(0, 4)]).toEqual([1, 1, 0, 0]);
  });

  test("leaves the margins of a picture as they are, turned round or not", async () => {
    const wide = drawn(8, 4, () => [0, 0, 0]);
    const mask = await file("all.png", drawn(8, 4, () => [255]));
    const options = { ...rgb, ...told, fit: "contain", mask } as const;
    expect([...(await readMask("a.png", wide, options)).data]).toEqual([
      0,
      0,
      0,
      0,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      0,
      0,
    ]);
    expect(new Set((await readMask("a.png", wide, { ...options, invert: true })).data)).toEqual(new Set([0]));
  });

  test("is where the picture itself is transparent, when there is none", async () => {
    const holed = drawn(4, 4, (x, y) => [9, 9, 9, x === 0 && y === 0 ? 0 : 255]);
    expect([...(await readMask("a.png", holed, { ...rgb, ...told })).data]).toEqual(first);
  });

  test("gets soft edges", async () => {
    const mask = await file("soft.png", corner);
    const { data } = await readMask("a.png", opaque, { ...rgb, ...told, mask, feather: 1 });
    expect(data[0]).toBeLessThan(1);
    expect(data[1]).toBeGreaterThan(0);
  });

  test("of another shape is refused, and so is a picture that has none", async () => {
    const mask = await file("tall.png", drawn(4, 8, () => [255]));
    await expect(readMask("a.png", opaque, { ...rgb, ...told, mask })).rejects.toThrow(
      new RangeError(`Cannot use the mask ${mask}: it has 4×8 pixels, expected the shape of the picture, 4×4`),
    );
    await expect(readMask("a.png", opaque, { ...rgb, ...told })).rejects.toThrow(
      new TypeError("Cannot tell what to paint anew in a.png: it has no transparent pixels, expected --mask"),
    );
  });
});
