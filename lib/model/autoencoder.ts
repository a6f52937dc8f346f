import type { Session } from "../runtime/runtime.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";

/** Pictures to samples and back: a latent model's autoencoder, or nothing at all in models that work on pixels. */
export type Autoencoder = {
  /** Pictures `[count, channels, height, width]` from −1 to 1 as samples. */
  readonly encode: (pictures: Tensor) => Promise<Tensor>;
  /** Samples as pictures. */
  readonly decode: (samples: Tensor) => Promise<Tensor>;
  /** Samples as small rough pictures, one pixel a place of the sample, at next to no cost. */
  readonly preview: (samples: Tensor) => Tensor;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

/** What an autoencoder is made of. */
export type AutoencoderOptions = {
  /** Its encoder; says `latent_parameters` (means, then logarithms of variances) or latents. */
  readonly encoder: Session;
  /** Its decoder. */
  readonly decoder: Session;
  /** What latents are multiplied by, so that they vary by about 1: diffusers' `scaling_factor`. */
  readonly scale: number;
  /** What is taken from latents before: diffusers' `shift_factor`, 0 by default. */
  readonly shift?: number | undefined;
  /** Red, green and blue of each channel of a latent, and of none: rows of three. What `preview` goes by. */
  readonly rgb?: readonly (readonly number[])[] | undefined;
};

/** The autoencoder of models that work on pixels. */
export const pixels: Autoencoder = {
  encode: (pictures) => Promise.resolve(pictures),
  decode: (samples) => Promise.resolve(samples),
  preview: (samples) => samples,
  release: () => Promise.resolve(),
};

/**
 * A latent model's autoencoder behind two sessions. Encoding takes the mean of what the encoder says, so that the same
 * picture always gives the same sample.
 *
 * Source: Kingma and Welling 2014, arXiv:1312.6114; Rombach et al. 2022, arXiv:2112.10752.
 *
 * @example
 * ```ts
 * import { autoencoder, type Session, tensor } from "@unnoise/lib";
 *
 * const session: Session = { // a runtime's `open` gives a real one
 *   inputs: [{ name: "sample", type: "float32", shape: ["batch", 4, 2, 2] }],
 *   run: ({ sample }) => Promise.resolve({ latent_sample: sample! }),
 *   release: () => Promise.resolve(),
 * };
 * const { encode } = autoencoder({ encoder: session, decoder: session, scale: 0.5 });
 * console.assert((await encode(tensor([1, 4, 2, 2], new Float32Array(16).fill(1)))).data[0] === 0.5);
 * ```
 */
export function autoencoder({ encoder, decoder, scale, shift = 0, rgb }: AutoencoderOptions): Autoencoder {
  return {
    async encode(pictures) {
      const { output, name } = await ask(encoder, pictures);
      const means = name === "latent_parameters" ? firstHalf(output) : output;
      return tensor(means.shape, means.data.map((value) => (value - shift) * scale));
    },
    async decode(samples) {
      const latents = tensor(samples.shape, samples.data.map((value) => value / scale + shift));
      return (await ask(decoder, latents)).output;
    },
    preview(samples) {
      const [count = 0, channels = 0, height = 0, width = 0] = samples.shape;
      const weights = rgb ?? Array.from({ length: channels }, () => [1, 1, 1]);
      const plane = height * width;
      const picture = tensor([count, 3, height, width]);
      for (let item = 0; item < count; item++) {
        for (let colour = 0; colour < 3; colour++) {
          const into = picture.data.subarray((item * 3 + colour) * plane, (item * 3 + colour + 1) * plane);
          into.fill(weights[channels]?.[colour] ?? 0);
          for (let channel = 0; channel < channels; channel++) {
            const weight = weights[channel]?.[colour] ?? 0;
            const start = (item * channels + channel) * plane;
            for (let i = 0; i < plane; i++) into[i]! += weight * samples.data[start + i]!;
          }
        }
      }
      return picture;
    },
    async release() {
      await Promise.all([encoder.release(), decoder.release()]);
    },
  };
}

async function ask(session: Session, value: Tensor): Promise<{ readonly output: Tensor; readonly name: string }> {
  const input = session.inputs[0]?.name ?? "sample";
  const [[name, output] = []] = Object.entries(await session.run({ [input]: { type: "float32", ...value } }));
  if (name === undefined || output === undefined) {
    throw new TypeError("Cannot use the autoencoder: its network has no output, expected one");
  }
  return { name, output: tensor(output.shape, output.data as Float32Array) };
}

/** The first half of the channels of each item. */
function firstHalf({ data, shape: [count = 0, channels = 0, ...rest] }: Tensor): Tensor {
  const half = tensor([count, channels / 2, ...rest]);
  const size = half.data.length / count;
  for (let item = 0; item < count; item++) {
    half.data.set(data.subarray(2 * item * size, (2 * item + 1) * size), item * size);
  }
  return half;
}
