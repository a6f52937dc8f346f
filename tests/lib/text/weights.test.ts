import { describe, expect, it } from "vitest";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { spansOf, weighted } from "../../../lib/text/weights.ts";

describe("spansOf", () => {
  // Those that Stable Diffusion web UI documents of itself come first.
  it.each<[string, [string, number][]]>([
    ["normal text", [["normal text", 1]]],
    ["an (important) word", [["an ", 1], ["important", 1.1], [" word", 1]]],
    ["\\(literal\\]", [["(literal]", 1]]],
    ["(unnecessary)(parens)", [["unnecessaryparens", 1.1]]],
    ["(((house:1.3)) [on] a (hill:0.5), sun, (((sky)))).", [
      ["house", 1.573],
      [" ", 1.1],
      ["on", 1],
      [" a ", 1.1],
      ["hill", 0.55],
      [", sun, ", 1.1],
      ["sky", 1.4641],
      [".", 1],
    ]],
    ["", []],
    ["()[]", []],
    ["((a))", [["a", 1.21]]],
    ["[a]", [["a", 1 / 1.1]]],
    ["[[a] b]", [["a", 1 / 1.21], [" b", 1 / 1.1]]],
    ["(a:2)", [["a", 2]]],
    ["(a : 2 )", [["a ", 2]]],
    ["(a:-1.5)", [["a", -1.5]]],
    ["(a:+.5)", [["a", 0.5]]],
    ["(a:0)b", [["a", 0], ["b", 1]]],
    ["(a(b:2):3)", [["a", 3], ["b", 6]]],
    ["(a:b)", [["a:b", 1.1]]],
    ["(a:1.2.3)", [["a:1.2.3", 1.1]]],
    ["(a:)", [["a:", 1.1]]],
    ["(a:1.2 b)", [["a:1.2 b", 1.1]]],
    ["[a:2]", [["a:2", 1 / 1.1]]],
    ["10:30, ratio 1:2", [["10:30, ratio 1:2", 1]]],
    ["a)b]", [["a)b]", 1]]],
    ["a:2)", [["a:2)", 1]]],
    ["(a", [["(a", 1]]],
    ["((a)", [["(", 1], ["a", 1.1]]],
    ["(a[b)c]", [["a[b", 1.1], ["c]", 1]]],
    ["sad :( cat (hat)", [["sad :( cat ", 1], ["hat", 1.1]]],
    ["a\\\\(b)", [["a\\", 1], ["b", 1.1]]],
    ["a\\b\\", [["a\\b\\", 1]]],
    ["(a\n b:2)", [["a\n b", 2]]],
  ])("reads %j", (prompt, expected) => {
    const spans = spansOf(prompt);
    expect(spans.map(({ text }) => text)).toEqual(expected.map(([text]) => text));
    spans.forEach(({ weight }, k) => expect(weight).toBeCloseTo(expected[k]![1], 12));
  });

  it("reads deep nests in a moment", () => {
    const deep = 50_000;
    const spans = spansOf(`${"(".repeat(deep)}${"(a:1)".repeat(deep)}${")]".repeat(10)}`);
    expect(spans.map(({ text }) => text).join("")).toHaveLength(2 * deep);
    expect(spansOf("[".repeat(deep) + ")".repeat(deep))).toHaveLength(1);
    expect(spansOf("[(".repeat(deep) + "]".repeat(deep)).at(-1)!.text.length).toBeGreaterThan(0);
    expect(spansOf("[".repeat(deep) + "a" + "]".repeat(deep))[0]!.weight).toBeCloseTo(0, 300);
  });

  it("refuses weights that no picture survives", () => {
    expect(() => spansOf("(a:101)")).toThrow("Cannot read the prompt: found a weight of 101, expected at most 100");
    expect(() => spansOf(`${"(".repeat(9999)}a${")".repeat(9999)}`)).toThrow(RangeError);
    expect(() => spansOf("(a:-1e)")).not.toThrow();
    expect(spansOf("(a:100)")[0]!.weight).toBe(100);
  });
});

describe("weighted", () => {
  const state = tensor([1, 3, 2], new Float32Array([1, 2, 3, 4, 5, 6]));
  const empty = tensor([1, 3, 2], new Float32Array([1, 1, 1, 1, 1, 1]));

  it("moves each token away from the empty prompt, or towards it", () => {
    const moved = weighted(state, { weights: [1, 2, 0], empty });
    expect([moved.shape, ...moved.data]).toEqual([[1, 3, 2], 1, 2, 5, 7, 1, 1]);
    expect([...weighted(state, { weights: [-1, 1, 0.5], empty }).data]).toEqual([1, 0, 3, 4, 3, 3.5]);
  });

  it("leaves tokens of weight 1 as they are, to the bit", () => {
    const odd = tensor([1, 1, 2], new Float32Array([0.1, 1e-30]));
    expect(weighted(odd, { weights: [1], empty: tensor([1, 1, 2], new Float32Array([1e9, 7])) })).toEqual(odd);
  });

  it("refuses another shape, and another count of weights", () => {
    expect(() => weighted(state, { weights: [1, 1, 1], empty: tensor([1, 2, 2]) })).toThrow(/\[1,3,2\] and \[1,2,2\]/);
    expect(() => weighted(state, { weights: [1, 1], empty })).toThrow("found 2 weights, expected 3");
  });
});
