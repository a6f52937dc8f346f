import { type Tensor, tensor } from "@unnoise/lib";
import type { Shape } from "./shape.ts";

/** A colour as 0xRRGGBB. */
export type Colour = number;

/** Shapes painted one over the other on a ground that runs from one colour at the top to another at the bottom. */
export type Scene = {
  readonly ground: readonly [top: Colour, bottom: Colour];
  readonly layers: readonly (readonly [colour: Colour, shape: Shape])[];
};

/** Draws a scene as a picture of `size × size` pixels with values from −1 to 1: `[1, 3, size, size]`. */
export function draw({ ground: [top, bottom], layers }: Scene, size: number): Tensor {
  const picture = tensor([1, 3, size, size]);
  const area = size * size;
  const pixel = 2 / size;
  for (let i = 0; i < area; i++) {
    const x = (i % size + 0.5) * pixel - 1;
    const y = (Math.floor(i / size) + 0.5) * pixel - 1;
    blend(picture.data, i, area, top, 1);
    blend(picture.data, i, area, bottom, (y + 1) / 2);
    for (const [colour, shape] of layers) {
      // A pixel is covered by the share that lies inside, which the distance to the edge tells well enough.
      const cover = Math.min(1, 0.5 - shape(x, y) / pixel);
      if (cover > 0) blend(picture.data, i, area, colour, cover);
    }
  }
  return picture;
}

function blend(data: Float32Array, i: number, area: number, colour: Colour, cover: number) {
  for (let channel = 0; channel < 3; channel++) {
    const value = ((colour >> (16 - 8 * channel)) & 255) / 127.5 - 1;
    const at = channel * area + i;
    data[at] = data[at]! + (value - data[at]!) * cover;
  }
}
