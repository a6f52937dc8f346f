import {
  concatenate,
  contactSheet,
  type Frame,
  type Level,
  type Picture,
  type Tensor,
  tensor,
  toPictures,
} from "@unnoise/lib";

/** Noise reaches further than pictures; it is drawn over ±2.5, where nearly all of it lies. */
export const NOISE_REACH = 2.5;

/** Beside each other on one scale: a level in which the noise's weight can exceed 1 is brought back to length 1. */
export function shownSample({ x, level }: Pick<Frame, "x" | "level">): Tensor {
  const length = Math.hypot(level.alpha, level.sigma);
  return { shape: x.shape, data: x.data.map((value) => value / length) };
}

/** A run as one picture: a column a frame; rows for x, the guessed image and the guessed noise. */
export function toSheet(frames: readonly Frame[]): Picture {
  const rows = [
    frames.map(shownSample),
    frames.map(({ image }) => image),
    frames.map(({ noise }) => ({ shape: noise.shape, data: noise.data.map((value) => value / NOISE_REACH) })),
  ];
  return contactSheet(toPictures(concatenate(rows.flat())), { columns: frames.length });
}

/** The frames that a sheet shows; eight bits a pixel are all that a screen can show, too. */
export function fromSheet(
  pixels: { data: Uint8ClampedArray; width: number; height: number },
  levels: readonly Level[],
): Frame[] {
  const size = pixels.height / 3;
  const count = levels.length - 1;
  return levels.map((level, index) => ({
    index,
    count,
    level: unit(level),
    x: tile(pixels, { column: index, row: 0, size, reach: 1 }),
    image: tile(pixels, { column: index, row: 1, size, reach: 1 }),
    noise: tile(pixels, { column: index, row: 2, size, reach: NOISE_REACH }),
  }));
}

function unit({ time, alpha, sigma }: Level): Level {
  const length = Math.hypot(alpha, sigma);
  return { time, alpha: alpha / length, sigma: sigma / length };
}

function tile(
  { data, width }: { data: Uint8ClampedArray; width: number },
  { column, row, size, reach }: { column: number; row: number; size: number; reach: number },
): Tensor {
  const values = new Float32Array(size * size);
  for (let i = 0; i < values.length; i++) {
    const x = column * size + i % size;
    const y = row * size + Math.floor(i / size);
    values[i] = (data[4 * (y * width + x)]! / 127.5 - 1) * reach;
  }
  return tensor([1, 1, size, size], values);
}
