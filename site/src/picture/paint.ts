import type { Tensor } from "@unnoise/lib";

/** What value a canvas shows as white, its negative being black: pictures fill −1…1, noise is best seen over ±2.5. */
export type Reach = number;

/** Paints the first picture of `[n, 1 or 3, height, width]` onto a canvas, which takes the picture's size. */
export function paint(canvas: HTMLCanvasElement, picture: Tensor, reach: Reach = 1) {
  paintRow(canvas, [picture], reach);
}

/** Paints pictures of one size beside each other. */
export function paintRow(canvas: HTMLCanvasElement, pictures: readonly Tensor[], reach: Reach = 1) {
  const [, , height = 0, width = 0] = pictures[0]?.shape ?? [];
  if (canvas.width !== width * pictures.length) canvas.width = width * pictures.length;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  pictures.forEach((picture, i) => context?.putImageData(pixelsOf(picture, reach), i * width, 0));
}

function pixelsOf({ data, shape }: Tensor, reach: Reach): ImageData {
  const [, channels = 1, height = 0, width = 0] = shape;
  const area = height * width;
  const pixels = new ImageData(width, height);
  for (let i = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++) {
      // ImageData rounds and clamps by itself.
      pixels.data[4 * i + channel] = (data[(channel % channels) * area + i]! / reach + 1) * 127.5;
    }
    pixels.data[4 * i + 3] = 255;
  }
  return pixels;
}
