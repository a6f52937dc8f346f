import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Prediction, Question } from "./prediction.ts";

/** The names of what networks are trained to say; the first four as diffusers' `prediction_type` spells them. */
export const readingNames = ["epsilon", "sample", "v_prediction", "flow_prediction", "preconditioned"] as const;

/**
 * What a network says: the noise ε, the image x₀, the velocity v = a·ε − s·x₀ (with a, s the level scaled to a² + s² = 1),
 * the velocity ε − x₀ of a rectified flow, or EDM's F, which is −v.
 */
export type Reading = typeof readingNames[number];

/**
 * Reads a network's output as an image and as a noise with `x = α·image + σ·noise`: three names of one answer.
 *
 * Sources: ε Ho, Jain and Abbeel 2020, arXiv:2006.11239; v Salimans and Ho 2022, arXiv:2202.00512; flow Liu, Gong and Liu
 * 2022, arXiv:2209.03003; preconditioned Karras et al. 2022, arXiv:2206.00364, table 1.
 *
 * @param dataSigma the standard deviation of the images, which `v_prediction` and `preconditioned` reckon with
 * @throws {RangeError} when the shapes of output and sample differ, or when the level has nothing to divide by
 *
 * @example
 * ```ts
 * import { read, tensor } from "@unnoise/lib";
 *
 * const question = { x: tensor([1], new Float32Array([2])), at: { time: 0, alpha: 1, sigma: 1 } };
 * const { image } = read("epsilon", tensor([1], new Float32Array([0.5])), question);
 * console.assert(image.data[0] === 1.5);
 * ```
 */
export function read(reading: Reading, raw: Tensor, { x, at }: Question, dataSigma: number = 1): Prediction {
  const { alpha, sigma } = at;
  switch (reading) {
    case "epsilon":
      if (alpha === 0) throw new RangeError("Cannot read an image from ε where no signal is left: found α = 0");
      return { x, raw, noise: raw, image: mix([1 / alpha, x], [-sigma / alpha, raw]) };
    case "sample":
      if (sigma === 0) throw new RangeError("Cannot read a noise from x₀ where there is none: found σ = 0");
      return { x, raw, image: raw, noise: mix([1 / sigma, x], [-alpha / sigma, raw]) };
    case "v_prediction":
    case "preconditioned": {
      const sign = reading === "v_prediction" ? 1 : -1;
      const signal = alpha * dataSigma;
      const length = Math.hypot(signal, sigma);
      const [a, s] = [signal / length, sigma / length];
      return {
        x,
        raw,
        image: mix([a * dataSigma / length, x], [-sign * s * dataSigma, raw]),
        noise: mix([s / length, x], [sign * a, raw]),
      };
    }
    case "flow_prediction": {
      const whole = alpha + sigma;
      return {
        x,
        raw,
        image: mix([1 / whole, x], [-sigma / whole, raw]),
        noise: mix([1 / whole, x], [alpha / whole, raw]),
      };
    }
  }
}

/**
 * What a perfect network would say of `α·image + σ·noise`: the target of its training, and the inverse of `read`.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { target, tensor } from "@unnoise/lib";
 *
 * const [image, noise] = [tensor([1], new Float32Array([1])), tensor([1], new Float32Array([5]))];
 * console.assert(target("v_prediction", image, noise, { time: 0, alpha: 0.6, sigma: 0.8 }).data[0] === Math.fround(2.2));
 * ```
 */
export function target(reading: Reading, image: Tensor, noise: Tensor, { alpha, sigma }: Level): Tensor {
  const length = Math.hypot(alpha, sigma);
  switch (reading) {
    case "epsilon":
      return noise;
    case "sample":
      return image;
    case "v_prediction":
      return mix([alpha / length, noise], [-sigma / length, image]);
    case "preconditioned":
      return mix([-alpha / length, noise], [sigma / length, image]);
    case "flow_prediction":
      return mix([1, noise], [-1, image]);
  }
}
