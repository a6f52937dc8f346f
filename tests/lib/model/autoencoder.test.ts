import { describe, expect, it } from "vitest";
import { autoencoder, pixels } from "../../../lib/model/autoencoder.ts";
import type { RuntimeTensor, Session } from "../../../lib/runtime/runtime.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const latents = tensor([2, 2, 1, 1], new Float32Array([1, 2, 3, 4]));

/** A session that answers with a fixed output, and remembers what it was fed. */
function saying(name: string, output: RuntimeTensor) {
  const fed: Readonly<Record<string, RuntimeTensor>>[] = [];
  let released = 0;
  const session: Session = {
    inputs: [{ name: "sample", type: "float32", shape: ["batch", 1, 1, 1] }],
    run(feeds) {
      fed.push(feeds);
      return Promise.resolve({ [name]: output });
    },
    release: () => Promise.resolve(void released++),
  };
  return { session, fed, released: () => released };
}

const parameters = { type: "float32", data: new Float32Array([1, 2, 9, 9, 3, 4, 9, 9]), shape: [2, 4, 1, 1] } as const;

describe("autoencoder", () => {
  it("encodes to the means, shifted and scaled", async () => {
    const encoder = saying("latent_parameters", parameters);
    const { encode } = autoencoder({ encoder: encoder.session, decoder: encoder.session, scale: 0.5, shift: 1 });
    const picture = tensor([2, 1, 1, 1]);
    const found = await encode(picture);
    expect(found.shape).toEqual([2, 2, 1, 1]);
    expect([...found.data]).toEqual([0, 0.5, 1, 1.5]);
    expect(encoder.fed[0]!["sample"]).toEqual({ type: "float32", ...picture });
  });

  it("takes latents as they are from encoders that have drawn them already", async () => {
    const encoder = saying("latent_sample", { type: "float32", ...latents });
    const { encode } = autoencoder({ encoder: encoder.session, decoder: encoder.session, scale: 2 });
    expect([...(await encode(tensor([2, 1, 1, 1]))).data]).toEqual([2, 4, 6, 8]);
  });

  it("undoes shift and scale before it decodes", async () => {
    const decoder = saying("sample", { type: "float32", data: new Float32Array([7, 8]), shape: [2, 1, 1, 1] });
    const { decode } = autoencoder({ encoder: decoder.session, decoder: decoder.session, scale: 0.5, shift: 1 });
    const pictures = await decode(latents);
    expect(pictures).toEqual(tensor([2, 1, 1, 1], new Float32Array([7, 8])));
    expect([...decoder.fed[0]!["sample"]!.data]).toEqual([3, 5, 7, 9]);
  });

  it("previews latents as weighted sums of their channels", () => {
    const { session } = saying("sample", parameters);
    const rgb = [[1, 0, 0], [0, 2, 0], [0, 0, 0.5]];
    const { preview } = autoencoder({ encoder: session, decoder: session, scale: 1, rgb });
    expect(preview(latents)).toEqual(tensor([2, 3, 1, 1], new Float32Array([1, 4, 0.5, 3, 8, 0.5])));
  });

  it("gives the memory of both networks back", async () => {
    const [encoder, decoder] = [saying("a", parameters), saying("b", parameters)];
    await autoencoder({ encoder: encoder.session, decoder: decoder.session, scale: 1 }).release();
    expect([encoder.released(), decoder.released()]).toEqual([1, 1]);
  });
});

describe("pixels", () => {
  it("leaves pictures as they are", async () => {
    expect(await pixels.encode(latents)).toBe(latents);
    expect(await pixels.decode(latents)).toBe(latents);
    expect(pixels.preview(latents)).toBe(latents);
    await pixels.release();
  });
});
