import type { Upscaler } from "../model/upscaler.ts";
import { methodOf } from "../scheduler/catalogue.ts";
import { mix } from "../tensor/mix.ts";
import { sizeOf, type Tensor, tensor } from "../tensor/tensor.ts";
import { cut, extend } from "../tensor/window.ts";
import type { Frame } from "./frame.ts";
import { generate } from "./generate.ts";
import { blame, InvalidOption } from "./invalid_option.ts";
import { configFor } from "./schedulers_for.ts";
import { type Seed, seededNoise } from "./start.ts";
import { tiled, type TiledOptions } from "./tiled.ts";

/** What to enlarge, and how. */
export type UpscaleOptions = {
  /** The small pictures, `[pictures, 3, height, width]` from −1 to 1, of any size. */
  readonly image: Tensor;
  /** The seed of each picture's noise, 0 by default. */
  readonly seeds?: readonly Seed[] | undefined;
  /** The number of steps, 4 by default. One step is the mean of all answers: nearest to the truth, and softer. */
  readonly steps?: number | undefined;
  /** The short name of a scheduler; the model's own by default. */
  readonly scheduler?: string | undefined;
  /** How much of DDPM's noise is added, 0 to 1; only for schedulers that have an η. */
  readonly eta?: number | undefined;
  /** The side of the tiles that larger pictures are seen in, in pixels of the small picture, 64 by default. */
  readonly tile?: number | undefined;
  /** How far tiles overlap at least, in the same pixels: a quarter of a tile by default. */
  readonly overlap?: number | undefined;
  /** Called after each tile of a step, for progress within steps. */
  readonly onTile?: TiledOptions["onTile"];
  /** Which frames before the last show a picture, too: "none" by default. Here a picture costs next to nothing. */
  readonly previews?: "none" | "full" | undefined;
  /** Stops the run between two network calls. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Pictures enlarged by a diffusion model. Yields a frame a step and then the finished pictures, `frame.count + 1` frames
 * in all. `x`, `image` and `noise` are of what bicubic enlargement leaves out; `picture` is the whole.
 *
 * Large pictures are seen in overlapping tiles that are drawn together, step by step, out of one field of noise.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two network calls, when it is aborted
 *
 * @example
 * ```ts
 * import { finished, openUpscaler, tensor, upscale } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openUpscaler(diskFolder("models/emoji-upscaler"), nodeRuntime());
 * const picture = await finished(upscale(model, { image: tensor([1, 3, 20, 30]), steps: 1 }));
 * console.assert(picture.shape.join() === "1,3,80,120");
 * await model.release();
 * ```
 */
export function upscale(model: Upscaler, options: UpscaleOptions): AsyncGenerator<Frame> {
  const { image: small, seeds = Array<Seed>(small.shape[0] ?? 0).fill(0), steps: count = 4, scheduler, eta } = options;
  const { tile = 64, overlap = Math.floor(tile / 4), onTile, previews = "none", signal } = options;
  const [pictures = 0, channels, height = 0, width = 0] = small.shape;
  if (small.shape.length !== 4 || channels !== 3 || sizeOf(small.shape) === 0) {
    throw new InvalidOption("image", `Cannot enlarge shape [${small.shape}]: expected [pictures, 3, height, width]`);
  }
  if (seeds.length !== pictures) {
    throw new InvalidOption(
      "seeds",
      `Cannot enlarge ${pictures} pictures with ${seeds.length} seeds: expected one each`,
    );
  }
  checkTiles(model, { tile, overlap });
  const method = blame("scheduler", () => methodOf(configFor(model, scheduler)));
  const steps = blame("steps", () => method.grid(count));
  const noise = blame("seed", () => seededNoise(seeds));
  const walk = (x: Tensor) => method.sampler(x, steps, { noise, eta });
  blame("eta", () => walk(tensor([0])));

  async function* run(): AsyncGenerator<Frame> {
    const whole = extend(small, { height: room(model, height, tile), width: room(model, width, tile) });
    const [, , rows = 0, columns = 0] = whole.shape;
    const network = tiled(model.network, { factor: model.factor, tile, overlap, onTile });
    const start = noise([pictures, 3, rows * model.factor, columns * model.factor]);
    const denoise: Parameters<typeof generate>[0]["denoise"] = async (question, signal) => {
      const { x, at } = question;
      const [raw] = await network({ x: method.modelInput({ x, at }), at }, [whole], signal);
      return method.predict(raw!, question);
    };
    const sampler = walk(mix([method.initNoiseSigma(steps), start]));
    const shown = { top: 0, left: 0, height: height * model.factor, width: width * model.factor };
    for await (const frame of generate({ sampler, steps, questions: method.questions(steps), denoise, signal })) {
      const [x, image, noise] = [cut(frame.x, shown), cut(frame.image, shown), cut(frame.noise, shown)];
      const ready = previews === "full" || frame.index === frame.count;
      yield { ...frame, x, image, noise, ...(ready && { picture: cut(model.decode(frame.image, whole), shown) }) };
    }
  }
  return run();
}

/** What one side of the small picture is extended to, where the network needs more: tiles fit any line that is longer. */
function room({ grain: { least, multipleOf } }: Upscaler, side: number, tile: number): number {
  return side > tile ? side : Math.max(least, Math.ceil(side / multipleOf) * multipleOf);
}

function checkTiles(
  { grain: { least, multipleOf } }: Upscaler,
  { tile, overlap }: { readonly tile: number; readonly overlap: number },
) {
  if (!Number.isSafeInteger(tile) || tile < least || tile % multipleOf !== 0) {
    throw new InvalidOption(
      "tile",
      `Cannot enlarge in tiles of ${tile}: expected a multiple of ${multipleOf} from ${least} on`,
    );
  }
  if (!Number.isSafeInteger(overlap) || overlap < 0 || overlap > tile / 2) {
    throw new InvalidOption(
      "overlap",
      `Cannot overlap tiles by ${overlap}: expected a whole number from 0 to half of ${tile}`,
    );
  }
}
