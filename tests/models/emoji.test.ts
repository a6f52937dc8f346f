import { stat } from "node:fs/promises";
import {
  createScheduler,
  finished,
  openAttention,
  openModel,
  type Tensor,
  tensor,
  textToImage,
  toPictures,
  torchGenerator,
  unstack,
} from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, describe, expect, test } from "vitest";
import golden from "../../models/emoji/golden.json" with { type: "json" };
import vae from "../../models/emoji/vae/config.json" with { type: "json" };

const url = new URL("../../models/emoji/", import.meta.url);
const folder = diskFolder(url);
const [model, attention] = [await openModel(folder, nodeRuntime()), await openAttention(folder, nodeRuntime())];
afterAll(() => Promise.all([model.release(), attention.release()]));

const { call, run, tolerance } = golden;
const generator = torchGenerator(call.seed);
const samples = unstack(generator.randn([2, 4, 16, 16]));
const drawn = generator.randn([1, 3, 64, 64]);
const picture = tensor(drawn.shape, drawn.data.map((value) => Math.max(-1, Math.min(1, value))));

function furthest(found: Float32Array | Uint8Array, expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
}

function scaled({ shape, data }: Tensor, factor: number): Tensor {
  return tensor(shape, data.map((value) => value * factor));
}

describe("one call says what PyTorch says", () => {
  const prompts = call.prompts.map(model.read);

  test("of the tokenizer and the text encoder", async () => {
    expect(prompts.map(({ ids }) => ids)).toEqual(call.input_ids);
    const [condition] = await model.condition(prompts);
    const shown = condition!["encoder_hidden_states"]!.data.subarray(0, call.last_hidden_state.length);
    expect(furthest(shown, call.last_hidden_state)).toBeLessThan(tolerance);
  });

  test("of the U-Net", async () => {
    const conditions = await model.condition(prompts);
    const size = call.out_sample.length / 2;
    for (const [i, x] of samples.entries()) {
      const [raw] = await model.network({ x, at: { time: call.timestep[i]!, alpha: 0.6, sigma: 0.8 } }, [[
        conditions[i]!,
      ]]);
      expect(furthest(raw!.data, call.out_sample.slice(i * size, (i + 1) * size))).toBeLessThan(tolerance);
    }
  });

  test("of the autoencoder", async () => {
    const latents = scaled(await model.encode(picture), 1 / vae.scaling_factor);
    expect(furthest(latents.data, call.latent_mean)).toBeLessThan(tolerance);
    const decoded = await model.decode(scaled(samples[0]!, vae.scaling_factor));
    const corner = decoded.data.filter((_, i) => i % 64 < 16 && Math.floor(i / 64) % 64 < 16);
    expect(furthest(corner, call.decoded_corner)).toBeLessThan(tolerance);
  });
});

test("a run draws what diffusers' own pipeline draws, within 2 of 255 in every pixel", async () => {
  const { prompt, seed, steps, guidance_scale: guidanceScale, scheduler } = run;
  const image = await finished(
    textToImage(model, { prompts: [prompt], seeds: [seed], steps, guidanceScale, scheduler }),
  );
  const [{ data }] = toPictures(image) as [ReturnType<typeof toPictures>[number]];
  const planes = Uint8Array.from(data, (_, i) => data[(i % 4096) * 3 + Math.floor(i / 4096)]!);
  expect(furthest(planes, run.picture)).toBeLessThanOrEqual(2);
});

test("every place's attention to the words adds up to 1, and a word is not looked at everywhere alike", async () => {
  const conditions = await model.condition(call.prompts.map(model.read));
  const { shape, data } = await attention.look(
    { x: torchGenerator(0).randn([2, 4, 16, 16]), at: { time: 999, alpha: 0, sigma: 1 } },
    conditions,
  );
  expect(shape).toEqual([2, 32, 16, 16]);
  for (let picture = 0; picture < 2; picture++) {
    for (let place = 0; place < 256; place++) {
      let sum = 0;
      for (let token = 0; token < 32; token++) sum += data[(picture * 32 + token) * 256 + place]!;
      expect(sum).toBeCloseTo(1, 5);
    }
  }
  const slice = data.subarray(2 * 256, 3 * 256);
  expect(Math.max(...slice)).toBeGreaterThan(1.5 * Math.min(...slice));
});

test("unknown words are named, and what does not fit is dropped and said", () => {
  expect(model.read("a slice of blorptang, flat style").unknown).toEqual(["blorptang"]);
  const long = model.read(`a cat${", flat style".repeat(5000)}`);
  expect(long.ids).toHaveLength(32);
  expect(long.dropped).toMatch(/flat style/);
});

test("the folder keeps its promises: a scheduler that lib reads, at most 16 MB to open it", async () => {
  expect(createScheduler(model.schedulerConfig, { warn: expect.unreachable }).config).toEqual(model.schedulerConfig);
  const files = ["text_encoder", "unet", "vae_encoder", "vae_decoder"].map((part) => `${part}/model.onnx`);
  const sizes = await Promise.all([...files, "tokenizer/tokenizer.json"].map((file) => stat(new URL(file, url))));
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(16_000_000);
});
