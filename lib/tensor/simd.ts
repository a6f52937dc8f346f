/** The least and the largest that a value may be. */
export type Range = { readonly low: number; readonly high: number };

/** Two loops over memory, in WebAssembly: the same bits as in JavaScript, sooner. */
export type Simd = {
  /** Writes the weighted sum of as many arrays as there are weights, from 1 to `MOST_TERMS`, into `out`. */
  readonly blend: (
    weights: readonly number[],
    arrays: readonly Float32Array[],
    out: Float32Array,
    range: Range,
  ) => void;
  /** Whether there is neither NaN nor infinity. */
  readonly finite: (array: Float32Array) => boolean;
};

/** How many terms a blend may have. */
export const MOST_TERMS = 15;

/** A page of WebAssembly's memory, in bytes and in values. */
const PAGE = 65536;
const VALUES = PAGE / 4;

/** simd.wat, assembled. */
const bytes =
  "AGFzbQEAAAABDQJgBH9/fX0AYAF/AX8DAwIAAQUDAQAQBxsDBm1lbW9yeQIABWJsZW5kAAAGZmluaXRlAAEKhgMClQICA38FewNA/QwA" +
  "AAAAAAAAAAAAAAAAAAAAIQggCCEJIAghCiAIIQtBACEFIAQhBgNAIAX9CgMAIQcgCCAHIAb9XQOAgAT9X/3yAf3wASEIIAkgByAG/V0D" +
  "iIAE/V/98gH98AEhCSAKIAcgBv1dA5CABP1f/fIB/fABIQogCyAHIAb9XQOYgAT9X/3yAf3wASELIAZBgIAEaiEGIAVBCGoiBSAASQ0A" +
  "CyAEIAj9XiAJ/V79DQABAgMEBQYHEBESExQVFhcgAv0T/esBIAP9E/3qAf0LBICABCAEIAr9XiAL/V79DQABAgMEBQYHEBESExQVFhcg" +
  "Av0T/esBIAP9E/3qAf0LBJCABCAEQSBqIgQgAUkNAAsLbQIBfwN7/Qz///9/////f////3////9/IQQDQCACIAH9AASAgAQgBP1O/bkB" +
  "IQIgAyAB/QAEkIAEIAT9Tv25ASEDIAFBIGoiASAASQ0ACyACIAP9uQH9DAAAgH8AAIB/AACAfwAAgH/9QP1TRQs=";

/** Nothing where WebAssembly is forbidden, by the security policy of a page, or too old. */
export const simd: Simd | undefined = /* @__PURE__ */ load();

function load(): Simd | undefined {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)));
    return carrying(new WebAssembly.Instance(module).exports as Loops);
  } catch {
    return undefined;
  }
}

type Loops = {
  readonly memory: WebAssembly.Memory;
  readonly blend: (weights: number, bytes: number, low: number, high: number) => void;
  readonly finite: (bytes: number) => number;
};

/** The loops know their own memory alone: a page at a time is carried there, and back. */
function carrying({ memory: { buffer }, blend, finite }: Loops): Simd {
  const factors = new Float64Array(buffer, 0, MOST_TERMS);
  const pages = Array.from({ length: MOST_TERMS }, (_, k) => new Float32Array(buffer, PAGE * (k + 1), VALUES));
  const [first] = pages as [Float32Array];
  return {
    blend(weights, arrays, out, { low, high }) {
      factors.set(weights);
      for (let start = 0; start < out.length; start += VALUES) {
        const count = Math.min(VALUES, out.length - start);
        for (let k = 0; k < arrays.length; k++) pages[k]!.set(part(arrays[k]!, start, count));
        blend(8 * arrays.length, 4 * count, low, high);
        out.set(part(first, 0, count), start);
      }
    },
    finite(array) {
      for (let start = 0; start < array.length; start += VALUES) {
        const count = Math.min(VALUES, array.length - start);
        first.set(part(array, start, count));
        first.fill(0, count, count + 7);
        if (finite(4 * count) === 0) return false;
      }
      return true;
    },
  };
}

/** A part of an array, which is the array itself where that is all of it. */
function part(array: Float32Array, start: number, count: number): Float32Array {
  return count === array.length ? array : array.subarray(start, start + count);
}
