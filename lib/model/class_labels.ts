import { tensor } from "../tensor/tensor.ts";
import type { Conditioner } from "./prompt.ts";

/** What a class-conditional network knows. */
export type ClassLabelsOptions = {
  /** What the model calls itself, for messages. */
  readonly name: string;
  /** The names of the classes; a class's label is its place here. */
  readonly classes: readonly string[];
  /** The label that stands for no class, which the empty prompt asks for; absent where the network has none. */
  readonly nullLabel: number | undefined;
};

/**
 * Prompts that are names of classes, in any case.
 *
 * @example
 * ```ts
 * import { classLabels } from "@unnoise/lib";
 *
 * const { read } = classLabels({ name: "pets", classes: ["cat", "dog"], nullLabel: 2 });
 * console.assert(read(" Dog ").ids[0] === 1 && read("").ids[0] === 2);
 * ```
 */
export function classLabels({ name, classes, nullLabel }: ClassLabelsOptions): Conditioner {
  return {
    inputs: ["class_labels"],
    read(text) {
      const wanted = text.trim().toLowerCase();
      const label = wanted === "" && nullLabel !== undefined
        ? nullLabel
        : classes.findIndex((name) => name.toLowerCase() === wanted);
      if (label === -1) {
        throw new RangeError(`Cannot draw ${JSON.stringify(text)} with ${name}: expected one of ${classes.join(", ")}`);
      }
      return { text, ids: [label], weights: [1], unknown: [], dropped: "" };
    },
    condition(prompts) {
      return Promise.resolve(prompts.map(({ ids }) => ({ class_labels: tensor([1], Float32Array.from(ids)) })));
    },
    release: () => Promise.resolve(),
  };
}
