import { type Tensor, tensor } from "@unnoise/lib";

/** Why a reader's picture was not taken, as the name of a sentence and what fills its places. */
export class Refusal extends Error {
  constructor(
    readonly reason: "notPicture" | "tooLarge" | "tooHeavy",
    readonly values: Readonly<Record<string, string | number>>,
  ) {
    super(reason);
  }
}

/** A phone's largest photographs fit; a file that claims more would fill the memory once it is unpacked. */
const MEGAPIXELS = 64;
const MEGABYTES = 40;

/**
 * Reads a picture file as `[1, 3, size, size]`, its middle square, on white.
 *
 * @throws {Refusal} when it is no picture, or too large
 */
export async function readPicture(file: File, size: number): Promise<Tensor> {
  const { name } = file;
  const megabytes = file.size / 1e6;
  if (megabytes > MEGABYTES) throw new Refusal("tooHeavy", { name, size: Math.ceil(megabytes), limit: MEGABYTES });
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await loaded(image).catch(() => {
      throw new Refusal("notPicture", { name });
    });
    // The size is known from the first bytes, before anything is unpacked.
    const megapixels = image.naturalWidth * image.naturalHeight / 1e6;
    if (megapixels === 0) throw new Refusal("notPicture", { name });
    if (megapixels > MEGAPIXELS) {
      throw new Refusal("tooLarge", { name, size: Math.ceil(megapixels), limit: MEGAPIXELS });
    }
    await image.decode().catch(() => {
      throw new Refusal("notPicture", { name });
    });
    return middleSquare(image, image.naturalWidth, image.naturalHeight, size);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The middle square of whatever a canvas can draw, as `[1, 3, size, size]` with values from −1 to 1. */
export function middleSquare(source: CanvasImageSource, width: number, height: number, size: number): Tensor {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("Cannot read a picture: this browser gives no canvas");
  context.fillStyle = "white";
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = "high";
  const side = Math.min(width, height);
  context.drawImage(source, (width - side) / 2, (height - side) / 2, side, side, 0, 0, size, size);
  return fromPixels(context.getImageData(0, 0, size, size));
}

/** Pixels as a tensor, without their opacity. */
export function fromPixels(
  { data, width, height }: { data: Uint8ClampedArray; width: number; height: number },
): Tensor {
  const area = width * height;
  const picture = tensor([1, 3, height, width]);
  for (let i = 0; i < 3 * area; i++) picture.data[i] = data[4 * (i % area) + Math.floor(i / area)]! / 127.5 - 1;
  return picture;
}

function loaded(image: HTMLImageElement): Promise<void> {
  return new Promise((resolve, reject) => {
    image.onload = () => resolve();
    image.onerror = () => reject(new Error("Cannot load"));
  });
}
