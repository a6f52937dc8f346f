import { stat } from "node:fs/promises";
import { denoiseImage, mix, openImageDenoiser, type Tensor, tensor, torchGenerator } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, expect, test } from "vitest";
import golden from "../../models/conv-denoiser/golden.json" with { type: "json" };

const folder = new URL("../../models/conv-denoiser/", import.meta.url);
const model = await openImageDenoiser(diskFolder(folder), nodeRuntime());
afterAll(() => model.release());

/** A picture of 256×256 from formulas: a sky, a hill, a striped ball. */
function drawn(): Tensor {
  const size = 256;
  const picture = tensor([1, 3, size, size]);
  for (let i = 0; i < size * size; i++) {
    const [x, y] = [(i % size) / size, Math.floor(i / size) / size];
    const hill = y > 0.7 + 0.1 * Math.sin(7 * x);
    const ball = Math.hypot(x - 0.4, y - 0.4) < 0.2;
    const stripe = Math.sin(60 * (x + y)) > 0 ? 0.8 : -0.6;
    const colour = ball ? [stripe, -0.4, 0.1] : hill ? [-0.5, 0.2 * x, -0.6] : [0.1, 0.3 + 0.4 * y, 0.9];
    colour.forEach((value, channel) => picture.data[channel * size * size + i] = value);
  }
  return picture;
}

/** In dB, of what a file would hold of a picture. */
function psnr(found: Tensor, wanted: Tensor): number {
  const error = found.data.reduce(
    (sum, value, i) => sum + (Math.max(-1, Math.min(1, value)) - wanted.data[i]!) ** 2,
    0,
  );
  return 10 * Math.log10(4 * found.data.length / error);
}

test("one call says what PyTorch says", async () => {
  const found = await model.denoise(torchGenerator(golden.seed).randn(golden.shape));
  expect(found.data).toHaveLength(golden.out_sample.length);
  golden.out_sample.forEach((value, i) => expect(Math.abs(value - found.data[i]!)).toBeLessThan(golden.tolerance));
});

test("a picture of 256×256 with noise of σ = 25/255 gains at least 4 dB", async () => {
  const clean = drawn();
  const noisy = mix([1, clean], [2 * 25 / 255, torchGenerator(0).randn(clean.shape)]);
  const denoised = await denoiseImage(noisy, model);
  expect(psnr(denoised, clean) - psnr(noisy, clean)).toBeGreaterThan(4);
});

test("the file is as small as promised", async () => {
  expect((await stat(new URL("model.onnx", folder))).size).toBeLessThan(20_000);
});
