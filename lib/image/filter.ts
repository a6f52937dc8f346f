/** How the pixels of another size are made of those that there are; the names are Pillow's, but "area", which it calls box. */
export type Filter = "nearest" | "area" | "bilinear" | "bicubic" | "lanczos";

/** A part of a picture in pixels, fractions of pixels included. */
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Along one axis, what each new pixel is made of: its first old pixel, and the weights from there on, which add up to 1. */
export type Taps = { readonly first: number; readonly weights: Float64Array };

const kernels: Readonly<Record<Exclude<Filter, "nearest">, { radius: number; at: (x: number) => number }>> = {
  area: { radius: 0.5, at: (x) => x > -0.5 && x <= 0.5 ? 1 : 0 },
  bilinear: { radius: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { radius: 2, at: (x) => cubic(Math.abs(x)) },
  lanczos: { radius: 3, at: (x) => x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0 },
};

/**
 * The taps that take `size` pixels from `start` to `end` of a line of `length`. Where pixels become fewer the kernel
 * widens, so that every old one counts (antialiasing).
 *
 * @throws {RangeError} when there is no such filter
 */
export function tapsOf(
  filter: Filter,
  length: number,
  { start, end, size }: { readonly start: number; readonly end: number; readonly size: number },
): Taps[] {
  const scale = (end - start) / size;
  if (filter === "nearest") {
    // A running sum, as in Pillow: where a place falls between two pixels its last bit decides.
    let place = start + scale / 2;
    return Array.from({ length: size }, () => {
      const first = Math.min(Math.floor(place), length - 1);
      place += scale;
      return { first, weights: Float64Array.of(1) };
    });
  }
  if (!Object.hasOwn(kernels, filter)) {
    throw new RangeError(
      `Cannot resize with ${JSON.stringify(filter)}: expected nearest, ${Object.keys(kernels).join(", ")}`,
    );
  }
  const { radius, at } = kernels[filter];
  const widened = Math.max(scale, 1);
  const reach = radius * widened;
  return Array.from({ length: size }, (_, i) => {
    const centre = start + (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const last = Math.min(length, Math.trunc(centre + reach + 0.5));
    const weights = Float64Array.from({ length: last - first }, (_, k) => at((first + k - centre + 0.5) / widened));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: sum === 0 ? weights : weights.map((weight) => weight / sum) };
  });
}

/** Keys' cubic convolution with a = −½, which reproduces straight lines and parabolas; x ≥ 0. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
