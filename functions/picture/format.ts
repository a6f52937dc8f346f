// deno-lint-ignore-file no-control-regex -- formats are known by them, and texts by having none

import { extname } from "node:path";

/** The formats that pictures are written in. */
export type WrittenFormat = "png" | "jpeg" | "webp";

/** The formats that pictures are read from; GIF only where it stands still. */
export type ReadFormat = WrittenFormat | "gif";

/** The formats by the endings of file names. */
export const endings: ReadonlyMap<string, WrittenFormat> = new Map([
  [".png", "png"],
  [".jpg", "jpeg"],
  [".jpeg", "jpeg"],
  [".webp", "webp"],
]);

const signatures: Readonly<Record<ReadFormat, RegExp>> = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpeg: /^\xff\xd8\xff/,
  webp: /^RIFF[^]{4}WEBP/,
  gif: /^GIF8[79]a/,
};

// Named in messages only: people learn sooner what is the matter.
const others: readonly (readonly [what: string, signature: RegExp])[] = [
  ["a HEIC or AVIF picture", /^[^]{4}ftyp(hei|hev|mif1|msf1|avi)/],
  ["a TIFF picture", /^(II\*\0|MM\0\*)/],
  ["a BMP picture", /^BM[^]{4}\0\0\0\0/],
  ["a JPEG XL picture", /^(\xff\x0a|\0\0\0\x0cJXL )/],
  ["an SVG drawing", /^(\xef\xbb\xbf)?\s*(<\?xml[^]*?)?(<!--[^]*?-->\s*)?<svg/],
  ["a PDF document", /^%PDF/],
  ["an archive", /^(PK\x03\x04|\x1f\x8b)/],
];

const HEAD = 1024;

/** The format of a picture by its first bytes, whatever its name says. */
export function formatOf(bytes: Uint8Array): ReadFormat | undefined {
  const head = latin1(bytes.subarray(0, HEAD));
  return (Object.keys(signatures) as ReadFormat[]).find((format) => signatures[format].test(head));
}

/** What bytes are that are no picture of ours, for a message: "a text" for instance. */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  const head = latin1(bytes.subarray(0, HEAD));
  const known = others.find(([, signature]) => signature.test(head));
  if (known !== undefined) return known[0];
  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head) ? "bytes of no known format" : "a text";
}

/**
 * The format that a file's name asks for; PNG where it has no ending.
 *
 * @throws {TypeError} when nothing is written under such an ending
 */
export function formatFor(path: string): WrittenFormat {
  const ending = extname(path).toLowerCase();
  const format = ending === "" ? "png" : endings.get(ending);
  if (format !== undefined) return format;
  throw new TypeError(`Cannot write ${path}: expected a name that ends in ${[...endings.keys()].join(", ")}`);
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
