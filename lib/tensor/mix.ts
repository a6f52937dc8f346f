import { blend } from "./blend.ts";
import type { Range } from "./simd.ts";
import { sameShape, sizeOf, type Tensor } from "./tensor.ts";

/** One summand of a mix: its weight and its tensor. */
export type Term = readonly [weight: number, tensor: Tensor];

/** A weighted sum that may not be worked out yet. Its parts are, so mixes never nest. */
class Mix implements Tensor {
  declare readonly data: Float32Array;
  readonly shape: readonly number[];
  #data: Float32Array | undefined;
  #weights: number[] = [];
  #parts: Tensor[] = [];

  constructor(shape: readonly number[]) {
    this.shape = shape;
    // A property of its own, as other tensors have, so that copies of the object hold the values.
    Object.defineProperty(this, "data", reading);
  }

  /** A tensor as a mix to be worked out; nothing when its values are there. */
  static open(tensor: Tensor): Mix | undefined {
    return #data in tensor && tensor.#data === undefined ? tensor : undefined;
  }

  add(weight: number, part: Tensor) {
    const open = Mix.open(part);
    if (open) return open.#parts.forEach((inner, k) => this.add(weight * open.#weights[k]!, inner));
    const known = this.#parts.indexOf(part);
    if (known === -1) {
      this.#weights.push(weight);
      this.#parts.push(part);
    } else this.#weights[known]! += weight;
  }

  write(into: Float32Array, range?: Range) {
    blend(this.#weights, this.#parts.map(({ data }) => data), into, range);
  }

  settle(): Float32Array {
    if (this.#data) return this.#data;
    const data = new Float32Array(sizeOf(this.shape));
    this.write(data);
    // What it was made of is no longer needed, here at least.
    [this.#weights, this.#parts] = [[], []];
    return this.#data = data;
  }
}

const reading = {
  enumerable: true,
  get(this: Mix): Float32Array {
    return this.settle();
  },
};

/**
 * The weighted sum `w₁·t₁ + w₂·t₂ + …`: the only arithmetic that samplers need.
 *
 * It is worked out when its `data` is first read: in one pass over memory, in double precision, rounded once. A mix of
 * mixes adds up their weights first and is one pass, too. So read it before you overwrite what it is made of, or `settle`
 * it. A term of weight 0 is left out: what it holds (even NaN) has no say.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { mix, tensor } from "@unnoise/lib";
 *
 * const a = tensor([2], new Float32Array([1, 2]));
 * const b = tensor([2], new Float32Array([10, 20]));
 * console.assert(mix([2, a], [0.5, b]).data[1] === 14);
 * ```
 */
export function mix(...terms: readonly [Term, ...Term[]]): Tensor {
  const { shape } = terms[0][1];
  const mixed = new Mix(shape);
  for (const [weight, part] of terms) {
    if (!sameShape(part.shape, shape)) {
      throw new RangeError(`Cannot mix tensors: found shapes [${shape}] and [${part.shape}], expected equal ones`);
    }
    if (weight !== 0) mixed.add(weight, part);
  }
  return mixed;
}

/**
 * Works a mix out, so that no later change of what it was mixed from reaches it; gives the tensor itself.
 *
 * @example
 * ```ts
 * import { mix, settle, tensor } from "@unnoise/lib";
 *
 * const x = tensor([1], new Float32Array([2]));
 * const tripled = settle(mix([3, x]));
 * x.data[0] = 0;
 * console.assert(tripled.data[0] === 6);
 * ```
 */
export function settle(source: Tensor): Tensor {
  Mix.open(source)?.settle();
  return source;
}

/**
 * A tensor of the same values that is worked out by itself: reading it leaves the mix as it is, to be added up with others
 * and rounded once. For those who only look on.
 *
 * @example
 * ```ts
 * import { apart, mix, tensor } from "@unnoise/lib";
 *
 * const large = tensor([1], new Float32Array([1e8]));
 * const sum = mix([1, large], [1, tensor([1], new Float32Array([1]))]);
 * console.assert(apart(sum).data[0] === 1e8); // as near as single precision comes
 * console.assert(mix([1, sum], [-1, large]).data[0] === 1);
 * ```
 */
export function apart(source: Tensor): Tensor {
  return Mix.open(source) ? mix([1, source]) : source;
}

/**
 * Writes a tensor's values into memory that is there already; gives a tensor of that memory. It may be the memory of one
 * of the tensors that a mix is made of.
 *
 * @param range between which values they are kept; as they are by default
 * @throws {RangeError} when `into` has another length
 *
 * @example
 * ```ts
 * import { mix, tensor, write } from "@unnoise/lib";
 *
 * const x = tensor([2], new Float32Array([1, 2]));
 * write(mix([3, x]), x.data);
 * console.assert(x.data[1] === 6);
 * ```
 */
export function write(source: Tensor, into: Float32Array, range?: Range): Tensor {
  const { shape } = source;
  if (into.length !== sizeOf(shape)) {
    throw new RangeError(
      `Cannot write a tensor of shape [${shape}]: got room for ${into.length} values, expected ${sizeOf(shape)}`,
    );
  }
  const open = Mix.open(source);
  if (open) open.write(into, range);
  else if (range) blend([1], [source.data], into, range);
  else into.set(source.data);
  return { data: into, shape };
}
