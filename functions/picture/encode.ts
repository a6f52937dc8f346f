import { encodePng, flatten, type Picture } from "@unnoise/lib";
import type { WrittenFormat } from "./format.ts";
import { KEYWORD, type Settings, settingsText, settingsXmp } from "./settings.ts";
import { loadSharp } from "./sharp.ts";

/** How a picture becomes bytes. */
export type EncodeOptions = {
  /** The format. */
  readonly format: WrittenFormat;
  /** What is written into it. */
  readonly settings?: Settings | undefined;
  /** From 1 to 100: of a JPEG picture, 95 by default, and of a WebP one, which without it loses nothing. PNG has none. */
  readonly quality?: number | undefined;
};

/**
 * The bytes of a picture's file. PNG comes from lib, with the same bytes everywhere; JPEG has no transparent pixels, they
 * become white, and no room for settings of more than 64 kB, which libvips then leaves out.
 *
 * @throws {RangeError} when the picture is too large for the format
 */
export async function encodePicture(
  picture: Picture,
  { format, settings, quality }: EncodeOptions,
): Promise<Uint8Array> {
  if (format === "png") {
    return encodePng(picture, settings === undefined ? {} : { text: { [KEYWORD]: settingsText(settings) } });
  }
  const { width, height, channels, data } = format === "jpeg" ? flatten(picture) : picture;
  const sharp = await loadSharp();
  const raw = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const noted = settings === undefined ? raw : raw.withXmp(settingsXmp(settings));
  const encoder = format === "jpeg"
    ? noted.jpeg({ quality: quality ?? 95, chromaSubsampling: "4:4:4" })
    : noted.webp(quality === undefined ? { lossless: true, exact: true } : { quality });
  try {
    return new Uint8Array(await encoder.toBuffer());
  } catch (error) {
    throw new RangeError(`Cannot make a ${format} file of ${width}×${height} pixels: it holds fewer`, { cause: error });
  }
}
