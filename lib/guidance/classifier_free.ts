import type { Ask, Denoise, Network, Prediction, Question } from "../prediction/prediction.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { extrapolated, type Guidance } from "./guidance.ts";
import { type Scale, scaleAt } from "./scale.ts";

/** What to be guided by. */
export type ClassifierFreeOptions<Condition> = {
  /** What is wanted. */
  readonly condition: Condition;
  /** What to move away from: the empty condition, or something unwanted. */
  readonly unconditional: Condition;
  /** The guidance scale w: 1 is no guidance, 0 ignores what is wanted, more than 1 exaggerates it. */
  readonly scale: Scale;
  /** The rule of guidance, plain classifier-free guidance by default. */
  readonly guidance?: Guidance | undefined;
  /** Whether to ask without the condition where w is 1, too, as CFG++ needs it; false by default. */
  readonly both?: boolean | undefined;
};

/** What to be guided by, and how a network is read. */
export type GuidedOptions<Condition> = ClassifierFreeOptions<Condition> & {
  /** Reads what the network said: `predict` of a method. */
  readonly read: (raw: Tensor, question: Question) => Prediction;
};

/**
 * Classifier-free guidance: a network that answers `u + w·(c − u)`, where c is what it says with the condition and u
 * without, or what another rule makes of the two. Both are asked in one call; at w = 1 only c is asked.
 *
 * Make one for each run, for rules that remember.
 *
 * Source: Ho and Salimans 2022, arXiv:2207.12598 (its w is ours minus 1; ours is diffusers' `guidance_scale`).
 *
 * @example
 * ```ts
 * import { classifierFree, tensor } from "@unnoise/lib";
 *
 * const network = (_: unknown, labels: readonly number[]) =>
 *   Promise.resolve(labels.map((label) => tensor([1], new Float32Array([label]))));
 * const guided = classifierFree(network, { condition: 3, unconditional: 1, scale: 2 });
 * const raw = await guided({ x: tensor([1]), at: { time: 0, alpha: 1, sigma: 1 } });
 * console.assert(raw.data[0] === 5);
 * ```
 */
export function classifierFree<Condition>(
  network: Network<Condition>,
  options: ClassifierFreeOptions<Condition>,
): Ask {
  const answer = answerer(network, options);
  return async (question, signal) => (await answer(question, signal)).raw;
}

/**
 * Answers a sampler's questions by a guided network. Where there was guidance, predictions hold the noise without it, too:
 * `unconditional`, which CFG++ samplers go on with.
 *
 * Make one for each run, for rules that remember.
 *
 * @example
 * ```ts
 * import { guided, read, tensor } from "@unnoise/lib";
 *
 * const denoise = guided(
 *   (_, labels: readonly number[]) => Promise.resolve(labels.map((label) => tensor([1], new Float32Array([label])))),
 *   { condition: 3, unconditional: 1, scale: 2, read: (raw, question) => read("epsilon", raw, question) },
 * );
 * const { noise, unconditional } = await denoise({ x: tensor([1]), at: { time: 0, alpha: 1, sigma: 1 } });
 * console.assert(noise.data[0] === 5 && unconditional!.data[0] === 1);
 * ```
 */
export function guided<Condition>(
  network: Network<Condition>,
  { read, ...options }: GuidedOptions<Condition>,
): Denoise {
  const answer = answerer(network, options);
  return async (question, signal) => {
    const { raw, unconditional } = await answer(question, signal);
    const prediction = read(raw, question);
    return unconditional ? { ...prediction, unconditional: read(unconditional, question).noise } : prediction;
  };
}

function answerer<Condition>(
  network: Network<Condition>,
  { condition, unconditional, scale, guidance = extrapolated, both = false }: ClassifierFreeOptions<Condition>,
) {
  const combine = guidance();
  return async (
    question: Question,
    signal?: AbortSignal,
  ): Promise<{ readonly raw: Tensor; readonly unconditional?: Tensor }> => {
    const weight = scaleAt(scale, question.at);
    if (weight === 1 && !both) return { raw: (await network(question, [condition], signal))[0]! };
    const [without, withIt] = await network(question, [unconditional, condition], signal);
    const raw = combine({ conditional: withIt!, unconditional: without!, scale: weight, at: question.at });
    return { raw, unconditional: without! };
  };
}
