import { lerp } from "../tensor/interpolate.ts";
import { sameShape, type Tensor } from "../tensor/tensor.ts";

/** A prompt as a model reads it. */
export type Prompt = {
  /** The words as they were given. */
  readonly text: string;
  /** What stands for it: the numbers of its tokens, or the one of its class. */
  readonly ids: readonly number[];
  /** How much each of them counts, 1 as a rule. */
  readonly weights: readonly number[];
  /** The words that the model has never seen; it does what it can with them. */
  readonly unknown: readonly string[];
  /** The end that did not fit into what the model reads at once; empty where all did. */
  readonly dropped: string;
};

/** What a network is told besides the sample and its time: an input's name and its value for one picture, `[1, …]`. */
export type Condition = Readonly<Record<string, Tensor>>;

/** Turns prompts into what a network is told. */
export type Conditioner = {
  /** The names of the inputs that it fills. */
  readonly inputs: readonly string[];
  /** Reads a prompt; throws a RangeError where the model knows no such thing. */
  readonly read: (text: string) => Prompt;
  /** What the network is told of each prompt. */
  readonly condition: (prompts: readonly Prompt[]) => Promise<Condition[]>;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

const LONGEST = 60;

/**
 * What a model could not read of a prompt, in sentences: none where it read all.
 *
 * @example
 * ```ts
 * import { unread } from "@unnoise/lib";
 *
 * const prompt = { text: "a blorp", ids: [1, 2], weights: [1, 1], unknown: ["blorp"], dropped: "" };
 * console.assert(unread(prompt)[0] === 'The model has never seen "blorp": it will guess');
 * ```
 */
export function unread({ text, unknown, dropped }: Prompt): string[] {
  const names = unknown.map(quoted).join(", ");
  return [
    ...unknown.length > 0 ? [`The model has never seen ${names}: it will guess`] : [],
    ...dropped !== "" ? [`The prompt is too long: ${quoted(dropped)} of ${quoted(text)} was left out`] : [],
  ];
}

function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/**
 * What lies between two conditions: a straight line, from `a` at 0 to `b` at 1.
 *
 * @throws {RangeError} when they are of different kinds
 *
 * @example
 * ```ts
 * import { between, tensor } from "@unnoise/lib";
 *
 * const told = (value: number) => ({ encoder_hidden_states: tensor([1, 1, 1], new Float32Array([value])) });
 * console.assert(between(told(0), told(4), 0.25).encoder_hidden_states!.data[0] === 1);
 * ```
 */
export function between(a: Condition, b: Condition, amount: number): Condition {
  return Object.fromEntries(
    Object.entries(a).map(([name, value]) => {
      const other = b[name];
      if (other === undefined || !sameShape(value.shape, other.shape)) {
        throw new RangeError(
          `Cannot go from one condition to another: found [${value.shape}] and [${
            other?.shape ?? ""
          }] for ${name}, expected equal shapes`,
        );
      }
      return [name, lerp(value, other, amount)];
    }),
  );
}
