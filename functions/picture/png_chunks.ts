/** A part of a PNG file: four letters, and bytes. */
type Chunk = { readonly type: string; readonly data: Uint8Array };

/** The parts of a PNG file, as far as it is whole. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let place = 8; place + 12 <= bytes.length;) {
    const length = view.getUint32(place);
    yield { type: latin1(bytes.subarray(place + 4, place + 8)), data: bytes.subarray(place + 8, place + 8 + length) };
    place += 12 + length;
  }
}

/** Whether a PNG file is animated (APNG): its readers without animation would show the first picture and say nothing. */
export function isAnimatedPng(bytes: Uint8Array): boolean {
  for (const { type } of chunksOf(bytes)) {
    if (type === "acTL") return true;
    if (type === "IDAT") return false;
  }
  return false;
}

/** The text under a keyword in a PNG file, wherever in it; libvips, which decodes, only looks before the pixels. */
export function pngText(bytes: Uint8Array, keyword: string): string | undefined {
  for (const { type, data } of chunksOf(bytes)) {
    if (type !== "tEXt") continue;
    const end = data.indexOf(0);
    if (latin1(data.subarray(0, end)) === keyword) return latin1(data.subarray(end + 1));
  }
  return undefined;
}

function latin1(bytes: Uint8Array): string {
  // Not TextDecoder, whose Latin-1 is Windows' code page 1252.
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
