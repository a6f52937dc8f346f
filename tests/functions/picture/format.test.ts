import { describe, expect, test } from "vitest";
import { describeBytes, formatFor, formatOf } from "../../../functions/picture/format.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("a format", () => {
  test.each([
    ["png", "\x89PNG\r\n\x1a\n more"],
    ["jpeg", "\xff\xd8\xff\xe0 more"],
    ["webp", "RIFF\x01\n\0\0WEBPVP8 "],
    ["gif", "GIF89a more"],
    ["gif", "GIF87a more"],
    [undefined, "RIFF\x01\x02\x03\x04WAVE"],
    [undefined, "PNG"],
    [undefined, ""],
  ])("is %s by the first bytes of %j", (format, text) => expect(formatOf(bytes(text))).toBe(format));

  test.each([
    ["a.png", "png"],
    ["a.JPG", "jpeg"],
    ["a.b.jpeg", "jpeg"],
    ["folder.d/a.webp", "webp"],
    ["picture", "png"],
    [".hidden", "png"],
  ])("of %s is %s", (path, format) => expect(formatFor(path)).toBe(format));

  test.each(["a.gif", "a.txt", "a.png.bmp"])("of %s is none that is written", (path) => {
    expect(() => formatFor(path)).toThrow(
      `Cannot write ${path}: expected a name that ends in .png, .jpg, .jpeg, .webp`,
    );
  });
});

describe("what is no picture of ours", () => {
  test.each([
    ["an empty file", ""],
    ["a text", "Dear Sir or Madam,\r\n\tI have no picture.\n"],
    ["a text", "\xef\xbb\xbfK\xc3\xa4se"],
    ["an SVG drawing", '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ["an SVG drawing", '<?xml version="1.0"?>\n<!-- by hand -->\n<svg/>'],
    ["a HEIC or AVIF picture", "\0\0\0\x1cftypavif"],
    ["a HEIC or AVIF picture", "\0\0\0\x18ftypheic"],
    ["a TIFF picture", "II*\0\x08\0\0\0"],
    ["a TIFF picture", "MM\0*\0\0\0\x08"],
    ["a BMP picture", "BM\x01\x02\x03\x04\0\0\0\0"],
    ["a JPEG XL picture", "\xff\x0a\0"],
    ["a PDF document", "%PDF-1.7"],
    ["an archive", "PK\x03\x04"],
    ["bytes of no known format", "\x01\x02\x03"],
  ])("is called %s: %j", (what, text) => expect(describeBytes(bytes(text))).toBe(what));
});
