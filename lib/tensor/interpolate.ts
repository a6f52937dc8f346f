import { concatenate, unstack } from "./batch.ts";
import { dot } from "./dot.ts";
import { mix, settle } from "./mix.ts";
import { sameShape, type Tensor } from "./tensor.ts";

/** Beyond this cosine two tensors point the same way as far as single precision can tell, and the arc is a line. */
const PARALLEL = 0.9995;

/**
 * What lies between two tensors on a straight line: `a` at 0, `b` at 1.
 *
 * @throws {RangeError} when the shapes differ, or the amount is not from 0 to 1
 *
 * @example
 * ```ts
 * import { lerp, tensor } from "@unnoise/lib";
 *
 * const [a, b] = [tensor([1, 1], new Float32Array([0])), tensor([1, 1], new Float32Array([8]))];
 * console.assert(lerp(a, b, 0.25).data[0] === 2);
 * ```
 */
export function lerp(a: Tensor, b: Tensor, amount: number): Tensor {
  check(a, b, amount);
  return settle(mix([1 - amount, a], [amount, b]));
}

/**
 * What lies between two tensors on an arc, each item of a batch on its own: as long as its ends are, which a straight line
 * is not. Noise between two noises is noise again.
 *
 * Source: Shoemake 1985, "Animating rotation with quaternion curves".
 *
 * @throws {RangeError} when the shapes differ, or the amount is not from 0 to 1
 *
 * @example
 * ```ts
 * import { slerp, tensor } from "@unnoise/lib";
 *
 * const [a, b] = [tensor([1, 2], new Float32Array([1, 0])), tensor([1, 2], new Float32Array([0, 1]))];
 * console.assert(Math.abs(slerp(a, b, 0.5).data[0]! - Math.SQRT1_2) < 1e-6);
 * ```
 */
export function slerp(a: Tensor, b: Tensor, amount: number): Tensor {
  check(a, b, amount);
  const others = unstack(b);
  return concatenate(
    unstack(a).map((from, k) => {
      const to = others[k]!;
      const cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
      // A tensor of zeros points nowhere.
      if (!(Math.abs(cosine) < PARALLEL)) return mix([1 - amount, from], [amount, to]);
      const angle = Math.acos(cosine);
      return mix([Math.sin((1 - amount) * angle) / Math.sin(angle), from], [
        Math.sin(amount * angle) / Math.sin(angle),
        to,
      ]);
    }),
  );
}

function check(a: Tensor, b: Tensor, amount: number) {
  if (!sameShape(a.shape, b.shape)) {
    throw new RangeError(`Cannot interpolate: found shapes [${a.shape}] and [${b.shape}], expected equal ones`);
  }
  if (!(amount >= 0 && amount <= 1)) {
    throw new RangeError(`Cannot interpolate by ${amount}: expected a number from 0 to 1`);
  }
}
