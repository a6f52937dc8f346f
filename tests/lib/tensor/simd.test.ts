import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import wabt from "wabt";
import { MOST_TERMS, simd } from "../../../lib/tensor/simd.ts";

const file = (name: string) => readFile(new URL(`../../../lib/tensor/${name}`, import.meta.url), "utf8");

describe("simd", () => {
  it("holds the bytes that simd.wat assembles to", async () => {
    const { parseWat } = await wabt();
    const { buffer } = parseWat("simd.wat", await file("simd.wat"), { simd: true }).toBinary({});
    const [, source] = /const bytes =\n([^;]*);/.exec(await file("simd.ts"))!;
    expect([...source!.matchAll(/"([^"]*)"/g)].map(([, line]) => line).join("")).toBe(
      Buffer.from(buffer).toString("base64"),
    );
  });

  it("runs here", () => {
    expect(simd).toBeDefined();
  });

  it("blends as many terms as it says", () => {
    const arrays = Array.from({ length: MOST_TERMS }, (_, k) => new Float32Array([k, 1]));
    const out = new Float32Array(2);
    simd!.blend(arrays.map(() => 0.5), arrays, out, { low: -Infinity, high: Infinity });
    expect([...out]).toEqual([52.5, 7.5]);
  });

  it("finds the one value that is no number, wherever it is, and none of an earlier call", () => {
    for (const length of [1, 5, 8, 16384, 16385, 40001]) {
      for (const strange of [NaN, Infinity, -Infinity]) {
        for (const place of [0, length >> 1, length - 1]) {
          const array = new Float32Array(length).fill(-3.4e38);
          array[place] = strange;
          expect(simd!.finite(array)).toBe(false);
          expect(simd!.finite(new Float32Array(length))).toBe(true);
        }
      }
    }
    expect(simd!.finite(new Float32Array())).toBe(true);
  });
});
