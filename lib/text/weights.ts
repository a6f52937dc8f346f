import { sameShape, type Tensor, tensor } from "../tensor/tensor.ts";

/** A part of a prompt, and how much it counts: 1 as a rule, more to see more of it. */
export type Span = { readonly text: string; readonly weight: number };

const STRONGER = 1.1;
const LARGEST = 100;

/** An escaped bracket or backslash, a bracket, `:1.4)`, a run of anything else, a lone backslash or colon. */
const PARTS = /\\[\\()[\]]|[()[\]]|:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)|[^\\()[\]:]+|[\\:]/g;

/**
 * Reads weights out of a prompt, in the syntax of Stable Diffusion web UI: `(word)` counts 1.1 times as much, `((word))`
 * 1.21 times, `[word]` 1/1.1 times, `(word:1.4)` 1.4 times; brackets nest. `\(`, `\)`, `\[`, `\]` and `\\` stand for the
 * sign itself. What closes nothing or is never closed is taken literally, and so is what follows a colon and is no number.
 *
 * Source: AUTOMATIC1111, stable-diffusion-webui, "Attention/emphasis". There an open bracket counts up to the end of the
 * prompt; here a smiley does not turn up the rest.
 *
 * @throws {RangeError} when a part would count more than 100 times
 *
 * @example
 * ```ts
 * import { spansOf } from "@unnoise/lib";
 *
 * const [plain, strong] = spansOf("a cat in a (red hat:1.4)");
 * console.assert(plain!.weight === 1 && strong!.text === "red hat" && strong!.weight === 1.4);
 * ```
 */
export function spansOf(prompt: string): Span[] {
  const parts: Part[] = [];
  const open: Group[] = [];
  const unclosed = { "(": 0, "[": 0 };
  for (const [text, number] of prompt.matchAll(PARTS)) {
    const within = open.at(-1);
    const bracket = text === "]" ? "[" : text === ")" || number !== undefined ? "(" : undefined;
    if (text === "(" || text === "[") {
      const group: Group = { bracket: text, within, first: parts.length, factor: 1 };
      open.push(group);
      unclosed[text]++;
      parts.push({ text, group });
    } else if (bracket !== undefined && unclosed[bracket] > 0) {
      const group = lastOf(bracket, open, unclosed);
      group.factor = number !== undefined ? Number(number) : bracket === "(" ? STRONGER : 1 / STRONGER;
      parts[group.first]!.text = "";
    } else parts.push({ text: text.length > 1 && text.startsWith("\\") ? text.slice(1) : text, group: within });
  }
  return joined(parts);
}

/** A piece of text in the innermost brackets around it. */
type Part = { text: string; readonly group: Group | undefined };

/** What lies between two brackets; the first of its parts is the bracket itself. */
type Group = {
  readonly bracket: "(" | "[";
  readonly within: Group | undefined;
  readonly first: number;
  factor: number;
};

/** Takes the last group of this bracket from the open ones, and those behind it, which nothing can close any more. */
function lastOf(bracket: Group["bracket"], open: Group[], unclosed: Record<Group["bracket"], number>): Group {
  while (true) {
    const group = open.pop()!;
    unclosed[group.bracket]--;
    if (group.bracket === bracket) return group;
  }
}

function joined(parts: readonly Part[]): Span[] {
  const weights = new Map<Group | undefined, number>([[undefined, 1]]);
  const spans: { text: string; weight: number }[] = [];
  for (const { text, group } of parts) {
    // A group's own first part lies before what is in it, so its outer one is known.
    const weight = weights.get(group) ?? weights.get(group?.within)! * group!.factor;
    weights.set(group, weight);
    if (text === "") continue;
    if (!(Math.abs(weight) <= LARGEST)) {
      throw new RangeError(`Cannot read the prompt: found a weight of ${weight}, expected at most ${LARGEST}`);
    }
    const before = spans.at(-1);
    if (before?.weight === weight) before.text += text;
    else spans.push({ text, weight });
  }
  return spans;
}

/** What makes a part of a prompt count more. */
export type WeightedOptions = {
  /** How much each token counts, 1 as a rule. */
  readonly weights: readonly number[];
  /** What the text encoder says of the empty prompt. */
  readonly empty: Tensor;
};

/**
 * Makes the tokens of an encoded prompt `[1, tokens, width]` count more or less: each is moved along the line from what
 * stands in its place in the empty prompt, so that it counts twice at 2 and is not there at 0.
 *
 * Scaling the numbers themselves and restoring their mean, the older way, divides by a mean that is about zero behind a
 * layer norm.
 *
 * Source: ComfyUI's and compel's reading of weights.
 *
 * @throws {RangeError} when the shapes differ, or there is not one weight for each token
 *
 * @example
 * ```ts
 * import { tensor, weighted } from "@unnoise/lib";
 *
 * const [state, empty] = [[3, 5], [1, 1]].map((values) => tensor([1, 2, 1], new Float32Array(values)));
 * console.assert(weighted(state!, { weights: [1, 2], empty: empty! }).data.join() === "3,9");
 * ```
 */
export function weighted(state: Tensor, { weights, empty }: WeightedOptions): Tensor {
  if (!sameShape(state.shape, empty.shape)) {
    throw new RangeError(
      `Cannot weigh a prompt: found shapes [${state.shape}] and [${empty.shape}], expected equal ones`,
    );
  }
  const [, tokens = 0, width = 0] = state.shape;
  if (weights.length !== tokens) {
    throw new RangeError(`Cannot weigh a prompt: found ${weights.length} weights, expected ${tokens}`);
  }
  const [from, to] = [empty.data, state.data];
  const moved = tensor(state.shape);
  for (let i = 0; i < moved.data.length; i++) {
    const weight = weights[Math.floor(i / width)]!;
    moved.data[i] = weight === 1 ? to[i]! : from[i]! + weight * (to[i]! - from[i]!);
  }
  return moved;
}
