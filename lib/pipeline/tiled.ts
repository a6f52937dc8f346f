import type { Network } from "../prediction/prediction.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { addInto, cut } from "../tensor/window.ts";

/** How a network that is told pictures is asked in tiles. */
export type TiledOptions = {
  /** How many times as wide and as high the sample is as the picture that the network is told. */
  readonly factor: number;
  /** The side of a tile, in pixels of that picture. */
  readonly tile: number;
  /** How far neighbours overlap at least, in the same pixels; less than `tile`. */
  readonly overlap: number;
  /** Called after each tile. */
  readonly onTile?: ((done: number, count: number) => void) | undefined;
};

/**
 * A network that sees a large sample in overlapping tiles, one at a time, and answers for the whole of it. Where tiles
 * overlap their answers are blended, each fading towards its edge. As that happens at every step, tiles are drawn
 * together and meet without a seam, and memory stays that of one tile beside the sample.
 *
 * Source: Bar-Tal et al. 2023, arXiv:2302.08113, with weights that fade.
 *
 * @example
 * ```ts
 * import { type Network, type Tensor, tensor, tiled } from "@unnoise/lib";
 *
 * const network: Network<Tensor> = ({ x: { shape } }) => Promise.resolve([tensor(shape)]); // a model's, here
 * const whole = tiled(network, { factor: 2, tile: 4, overlap: 2 });
 * const [answer] = await whole({ x: tensor([1, 1, 20, 8]), at: { time: 0, alpha: 1, sigma: 1 } }, [tensor([1, 3, 10, 4])]);
 * console.assert(answer!.shape.join() === "1,1,20,8");
 * ```
 */
export function tiled(
  network: Network<Tensor>,
  { factor, tile, overlap, onTile }: TiledOptions,
): Network<Tensor> {
  return async (question, told, signal) => {
    const [, , height = 0, width = 0] = told[0]?.shape ?? [];
    const rows = windows(height, { tile, overlap, factor });
    const columns = windows(width, { tile, overlap, factor });
    const answers = told.map(() => tensor(question.x.shape));
    let done = 0;
    for (const row of rows) {
      for (const column of columns) {
        signal?.throwIfAborted();
        const small = { top: row.start, left: column.start, height: row.size, width: column.size };
        const large = { top: small.top * factor, left: small.left * factor };
        const x = cut(question.x, { ...large, height: small.height * factor, width: small.width * factor });
        const parts = await network({ ...question, x }, told.map((picture) => cut(picture, small)), signal);
        for (const [i, part] of parts.entries()) {
          addInto(answers[i]!, part, { ...large, rows: row.weights, columns: column.weights });
        }
        onTile?.(++done, rows.length * columns.length);
      }
    }
    return answers;
  };
}

/** A tile along one axis, and what each place of it counts. */
type Line = { readonly start: number; readonly size: number; readonly weights: Float64Array };

/** The fewest tiles that cover a line with the overlap asked for, evenly spread; all weights of a place add up to 1. */
function windows(
  length: number,
  { tile, overlap, factor }: { readonly tile: number; readonly overlap: number; readonly factor: number },
): Line[] {
  const size = Math.min(tile, length);
  const count = length <= tile ? 1 : Math.ceil((length - overlap) / (tile - overlap));
  const starts = Array.from(
    { length: count },
    (_, i) => count === 1 ? 0 : Math.round(i * (length - size) / (count - 1)),
  );
  const fades = starts.map((start, i) => ({
    // Tiles at an end of the line have no neighbour to fade into.
    before: i === 0 ? 0 : (starts[i - 1]! + size - start) * factor,
    after: i === count - 1 ? 0 : (start + size - starts[i + 1]!) * factor,
  }));
  const raw = fades.map(({ before, after }) =>
    Float64Array.from({ length: size * factor }, (_, k) => {
      const [fromStart, fromEnd] = [k + 0.5, size * factor - k - 0.5];
      return Math.min(1, before === 0 ? 1 : fromStart / before, after === 0 ? 1 : fromEnd / after);
    })
  );
  const sums = new Float64Array(length * factor);
  raw.forEach((weights, i) => weights.forEach((weight, k) => sums[starts[i]! * factor + k]! += weight));
  return raw.map((weights, i) => ({
    start: starts[i]!,
    size,
    weights: weights.map((weight, k) => weight / sums[starts[i]! * factor + k]!),
  }));
}
