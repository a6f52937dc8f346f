import { blend } from "./blend.ts";
import { sameShape, sizeOf, type Tensor } from "./tensor.ts";

/** One summand of a mix: its weight and its tensor. */
export type Term = readonly [weight: number, tensor: Tensor];

/** A mix that is not worked out yet. Its terms are worked out, so recipes never nest. */
type Recipe = { readonly terms: readonly Term[]; readonly finish: (data: Float32Array) => void };

const recipes = /* @__PURE__ */ new WeakMap<Tensor, Recipe>();

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
  const weights = new Map<Tensor, number>();
  for (const [weight, part] of terms) {
    if (!sameShape(part.shape, shape)) {
      throw new RangeError(`Cannot mix tensors: found shapes [${shape}] and [${part.shape}], expected equal ones`);
    }
    if (weight === 0) continue;
    for (const [inner, base] of recipes.get(part)?.terms ?? [[1, part] as const]) {
      weights.set(base, (weights.get(base) ?? 0) + weight * inner);
    }
  }
  let data: Float32Array | undefined;
  const mixed: Tensor = {
    get data() {
      return data ?? settle(mixed).data;
    },
    shape,
  };
  recipes.set(mixed, {
    terms: Array.from(weights, ([base, weight]) => [weight, base]),
    finish: (settled) => data = settled,
  });
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
  const recipe = recipes.get(source);
  if (recipe === undefined) return source;
  const { data } = write(source, new Float32Array(sizeOf(source.shape)));
  recipes.delete(source);
  recipe.finish(data);
  return source;
}

/**
 * Writes a tensor's values into memory that is there already; gives a tensor of that memory. It may be the memory of one
 * of the tensors that a mix is made of.
 *
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
export function write(source: Tensor, into: Float32Array): Tensor {
  const { shape } = source;
  if (into.length !== sizeOf(shape)) {
    throw new RangeError(
      `Cannot write a tensor of shape [${shape}]: got room for ${into.length} values, expected ${sizeOf(shape)}`,
    );
  }
  const recipe = recipes.get(source);
  if (recipe === undefined) into.set(source.data);
  else blend(recipe.terms.map(([weight]) => weight), recipe.terms.map(([, { data }]) => data), into);
  return { data: into, shape };
}
