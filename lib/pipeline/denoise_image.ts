import type { ImageDenoiser } from "../model/image_denoiser.ts";
import { sizeOf, type Tensor, tensor } from "../tensor/tensor.ts";
import { addInto, cut } from "../tensor/window.ts";
import { InvalidOption } from "./invalid_option.ts";

/** How pictures are denoised. */
export type DenoiseImageOptions = {
  /** The side of the parts that larger pictures are denoised in, 256 pixels by default; it bounds the memory. */
  readonly tile?: number | undefined;
  /** Called after each part. */
  readonly onProgress?: ((done: number, count: number) => void) | undefined;
  /** Stops the work between two parts. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Takes the noise out of pictures of any size, in one call of a network a part.
 *
 * Each part is seen with as much of its surroundings as can change its answer, so that parts meet without a seam.
 *
 * @param noisy `[count, channels, height, width]`, −1 black and 1 white; noise may go beyond
 * @returns the same pictures without noise, which may go a little beyond, too
 * @throws {InvalidOption} when the pictures have other channels than the model's, are empty, or `tile` is no side
 * @throws the signal's reason when it is aborted
 *
 * @example
 * ```ts
 * import { denoiseImage, mix, openImageDenoiser, tensor, torchGenerator } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openImageDenoiser(diskFolder("models/conv-denoiser"), nodeRuntime());
 * const noise = torchGenerator(0).randn([1, 3, 64, 64]);
 * const noisy = mix([1, tensor(noise.shape)], [0.2, noise]);
 * const clean = await denoiseImage(noisy, model);
 * const energy = ({ data }: { data: Float32Array }) => data.reduce((sum, value) => sum + value ** 2, 0);
 * console.assert(energy(clean) < energy(noisy) / 2);
 * await model.release();
 * ```
 */
export async function denoiseImage(
  noisy: Tensor,
  model: ImageDenoiser,
  { tile = 256, onProgress, signal }: DenoiseImageOptions = {},
): Promise<Tensor> {
  const [count, channels, height = 0, width = 0] = noisy.shape;
  if (noisy.shape.length !== 4 || channels !== model.channels || sizeOf(noisy.shape) === 0) {
    throw new InvalidOption(
      "noisy",
      `Cannot denoise pictures of shape [${noisy.shape}]: expected [count, ${model.channels}, height, width]`,
    );
  }
  if (!Number.isSafeInteger(tile) || tile < 1) {
    throw new InvalidOption("tile", `Cannot denoise in parts of ${tile}: expected a whole number of 1 or more`);
  }
  const clean = tensor([count!, channels, height, width]);
  const rows = parts(height, { size: tile, radius: model.radius });
  const columns = parts(width, { size: tile, radius: model.radius });
  let done = 0;
  for (const row of rows) {
    for (const column of columns) {
      signal?.throwIfAborted();
      const seen = { top: row.from, left: column.from, height: row.to - row.from, width: column.to - column.from };
      const answer = await model.denoise(cut(noisy, seen));
      const own = { top: row.start - row.from, left: column.start - column.from };
      const size = { height: row.end - row.start, width: column.end - column.start };
      addInto(clean, cut(answer, { ...own, ...size }), { top: row.start, left: column.start });
      onProgress?.(++done, rows.length * columns.length);
    }
  }
  signal?.throwIfAborted();
  return clean;
}

/** The parts of a line: from `start` to `end` each answers for, `from` and `to` bound what it sees. */
function parts(length: number, { size, radius }: { readonly size: number; readonly radius: number }) {
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => {
    const [start, end] = [i * size, Math.min((i + 1) * size, length)];
    return { start, end, from: Math.max(0, start - radius), to: Math.min(length, end + radius) };
  });
}
