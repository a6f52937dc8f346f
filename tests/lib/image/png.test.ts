import { describe, expect, it } from "vitest";
import type { Picture } from "../../../lib/image/picture.ts";
import { decodePng, encodePng } from "../../../lib/image/png.ts";
import { rawPng } from "../../fixtures/png.ts";

function gradient(channels: Picture["channels"], width = 5, height = 3): Picture {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) % 256);
  return { width, height, channels, data };
}

describe("encodePng and decodePng", () => {
  it.each([1, 3, 4] as const)("bring a picture of %d channels back", (channels) => {
    const picture = gradient(channels);
    expect(decodePng(encodePng(picture))).toEqual({ ...picture, text: {} });
  });

  it("bring texts back", () => {
    const text = { Title: "ankle boot", Software: "Unnoise", Seed: "1" };
    expect(decodePng(encodePng(gradient(1), { text })).text).toEqual(text);
  });

  it("write the same bytes for the same picture", () => {
    expect(encodePng(gradient(3), { text: { a: "b" } })).toEqual(encodePng(gradient(3), { text: { a: "b" } }));
  });

  it("write a signature and a header that other programs read", () => {
    const bytes = encodePng(gradient(4, 300, 2));
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const header = new DataView(bytes.buffer, bytes.byteOffset + 16);
    expect([header.getUint32(0), header.getUint32(4), header.getUint8(8), header.getUint8(9)]).toEqual([300, 2, 8, 6]);
  });

  it("read bytes that lie in the middle of a buffer", () => {
    const bytes = encodePng(gradient(3));
    const middle = new Uint8Array(bytes.length + 20);
    middle.set(bytes, 7);
    expect(decodePng(middle.subarray(7, 7 + bytes.length)).data).toEqual(gradient(3).data);
  });
});

describe("decodePng of what encodePng never writes", () => {
  it("reads 16 bits a channel as 8", () => {
    const rows = [[0x00, 0x00, 0x80, 0x80], [0xff, 0xff, 0x01, 0x01]];
    const picture = decodePng(rawPng({ width: 2, height: 2, depth: 16, colour: 0, rows }));
    expect([picture.channels, ...picture.data]).toEqual([1, 0, 0x80, 0xff, 1]);
  });

  it.each(
    [[1, [0b01100000], [0, 255, 255]], [2, [0b00011011], [0, 85, 170]], [4, [0x0f, 0x50], [0, 255, 85]]] as const,
  )("reads %d bits a pixel, several in a byte", (depth, row, expected) => {
    const picture = decodePng(rawPng({ width: 3, height: 2, depth, colour: 0, rows: [row, row] }));
    expect([picture.width, picture.height, picture.channels]).toEqual([3, 2, 1]);
    expect([...picture.data]).toEqual([...expected, ...expected]);
  });

  it.each([[8, [[0, 1, 2]]], [2, [[0b00011000]]]] as const)("reads a palette of %d bits as RGB", (depth, rows) => {
    const palette = [255, 0, 0, 0, 255, 0, 1, 2, 3];
    const picture = decodePng(rawPng({ width: 3, height: 1, depth, colour: 3, palette, rows }));
    expect([picture.channels, ...picture.data]).toEqual([3, ...palette]);
  });

  it("reads a palette with opacity as RGB with opacity", () => {
    const file = { width: 2, height: 1, depth: 8, colour: 3, palette: [9, 8, 7, 6, 5, 4], rows: [[1, 0]] } as const;
    const picture = decodePng(rawPng({ ...file, opacity: [0, 128] }));
    expect([picture.channels, ...picture.data]).toEqual([4, 6, 5, 4, 128, 9, 8, 7, 0]);
  });

  it("reads a palette of which only some colours have an opacity", () => {
    const file = { width: 2, height: 1, depth: 8, colour: 3, palette: [9, 8, 7, 6, 5, 4], rows: [[1, 0]] } as const;
    const picture = decodePng(rawPng({ ...file, opacity: [0] }));
    expect([picture.channels, ...picture.data]).toEqual([4, 6, 5, 4, 255, 9, 8, 7, 0]);
  });

  it("reads grey with opacity as RGB with it", () => {
    const picture = decodePng(rawPng({ width: 2, height: 1, depth: 8, colour: 4, rows: [[10, 200, 30, 40]] }));
    expect([picture.channels, ...picture.data]).toEqual([4, 10, 10, 10, 200, 30, 30, 30, 40]);
  });
});

describe("decodePng of what is no picture", () => {
  const whole = encodePng(gradient(3, 40, 40));

  it.each([
    ["nothing", new Uint8Array()],
    ["a text", new TextEncoder().encode("not a picture at all, not a picture at all")],
    ["another format", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...new Array<number>(60).fill(0))],
    ["a signature alone", whole.subarray(0, 8)],
    ["a file cut short in its header", whole.subarray(0, 30)],
    ["a file cut short in its pixels", whole.subarray(0, whole.length - 40)],
    ["a file without its end", whole.subarray(0, whole.length - 12)],
    ["a damaged file", whole.map((byte, i) => i === 60 ? byte ^ 0xff : byte)],
    ["a picture of no width", rawPng({ width: 0, height: 4, depth: 8, colour: 0, rows: [] })],
    ["a header that promises more rows", rawPng({ width: 2, height: 9, depth: 8, colour: 0, rows: [[1, 2]] })],
    [
      "a palette that lacks a colour",
      rawPng({ width: 1, height: 1, depth: 8, colour: 3, palette: [1, 2, 3], rows: [[7]] }),
    ],
  ])("refuses %s in a sentence", (_, bytes) => {
    expect(() => decodePng(bytes)).toThrow(TypeError);
    expect(() => decodePng(bytes)).toThrow(/^Cannot read a picture[^\n]*$/);
  });

  it("refuses a huge picture by its header, before anything is unpacked", () => {
    const bomb = rawPng({ width: 16000, height: 16000, depth: 8, colour: 6, rows: [[0]] });
    const before = performance.now();
    expect(() => decodePng(bomb)).toThrow(RangeError);
    expect(() => decodePng(bomb)).toThrow(/16000×16000/);
    expect(performance.now() - before).toBeLessThan(200);
  });

  it("refuses more pixels than asked for, and takes exactly as many", () => {
    expect(() => decodePng(whole, { maxPixels: 1599 })).toThrow(RangeError);
    expect(decodePng(whole, { maxPixels: 1600 }).width).toBe(40);
  });
});
