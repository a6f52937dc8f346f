import { stat } from "node:fs/promises";
import {
  createScheduler,
  finished,
  openUpscaler,
  resample,
  type Tensor,
  tensor,
  torchGenerator,
  upscale,
} from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, expect, test } from "vitest";
import golden from "../../models/emoji-upscaler/golden.json" with { type: "json" };

const folder = new URL("../../models/emoji-upscaler/", import.meta.url);
const model = await openUpscaler(diskFolder(folder), nodeRuntime());
afterAll(() => model.release());

const small = tensor([1, 3, 16, 16], Float32Array.from(golden.small));

function furthest(found: Tensor, expected: readonly number[]): number {
  expect(Math.ceil(found.data.length / golden.every)).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - found.data[i * golden.every]!)));
}

test("one call says what PyTorch says", async () => {
  const { seed, timestep, out_sample } = golden.call;
  const x = torchGenerator(seed).randn([1, 3, 64, 64]);
  const [raw] = await model.network({ x, at: { time: timestep, alpha: 0.7, sigma: 0.7 } }, [small]);
  expect(furthest(raw!, out_sample)).toBeLessThan(golden.tolerance);
});

test("a run makes the picture that diffusers makes", async () => {
  const { seed, steps, scheduler, picture } = golden.run;
  const found = await finished(upscale(model, { image: small, seeds: [seed], steps, scheduler }));
  expect(furthest(found, picture)).toBeLessThan(golden.tolerance);
});

/** A drawing in the manner of emoji, with soft edges: a face on white. */
function face(): Tensor {
  const size = 64;
  const picture = tensor([1, 3, size, size]);
  const soft = (distance: number) => Math.max(0, Math.min(1, 0.5 - distance));
  for (let i = 0; i < size * size; i++) {
    const [x, y] = [i % size - 31.5, Math.floor(i / size) - 31.5];
    const eyes = soft(Math.hypot(Math.abs(x) - 10, (y + 8) * 0.7) - 4);
    const mouth = soft(Math.abs(Math.hypot(x, y - 2) - 16) - 1.5) * (y > 6 ? 1 : 0);
    const disc = soft(Math.hypot(x, y) - 28);
    [[1, 1, -0.3], [0.6, 0.2, -0.9]].reduce((under, over, layer) => {
      const cover = layer === 0 ? disc : Math.max(eyes, mouth);
      return under.map((value, channel) => {
        const mixed = value + (over[channel]! - value) * cover;
        picture.data[channel * size * size + i] = mixed;
        return mixed;
      });
    }, [1, 1, 1]);
  }
  return picture;
}

function psnr(found: Tensor, wanted: Tensor): number {
  const error = found.data.reduce(
    (sum, value, i) => sum + (Math.max(-1, Math.min(1, value)) - wanted.data[i]!) ** 2,
    0,
  );
  return 10 * Math.log10(4 * found.data.length / error);
}

test("one step is nearer to a drawing than bicubic enlargement, by more than 1.5 dB; four steps lose less than 0.5", async () => {
  const wanted = face();
  const image = resample(wanted, { width: 16, height: 16, filter: "area" });
  const bicubic = psnr(resample(image, { width: 64, height: 64 }), wanted);
  const [one, four] = await Promise.all([1, 4].map(async (steps) => {
    return psnr(await finished(upscale(model, { image, steps })), wanted);
  }));
  expect(one! - bicubic).toBeGreaterThan(1.5);
  expect(four! - bicubic).toBeGreaterThan(-0.5);
});

test("the folder keeps its promises: a scheduler that lib reads, at most 4 MB", async () => {
  expect(createScheduler(model.schedulerConfig, { warn: expect.unreachable }).config).toEqual(model.schedulerConfig);
  expect((await stat(new URL("unet/model.onnx", folder))).size).toBeLessThanOrEqual(4_000_000);
});
