import type { Model } from "../model/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Frame } from "./frame.ts";

/**
 * What frames before the last show of their image: nothing; a rough picture, one pixel a place of the sample, which costs
 * next to nothing; or the picture as the decoder sees it. Models without a decoder show the same either way.
 */
export type Previews = "none" | "rough" | "full";

/** How frames get their pictures. */
export type ShownOptions = {
  /** What decodes. */
  readonly model: Pick<Model, "decode" | "preview">;
  /** What frames before the last show. */
  readonly previews: Previews;
  /** What becomes of pictures that were decoded. */
  readonly finish: (pictures: Tensor) => Tensor;
};

/** Frames with pictures: always the last one, the others as it is asked. */
export async function* shown(
  frames: AsyncIterable<Frame>,
  { model, previews, finish }: ShownOptions,
): AsyncGenerator<Frame> {
  for await (const frame of frames) {
    const { index, count, image } = frame;
    if (index === count || previews === "full") yield { ...frame, picture: finish(await model.decode(image)) };
    else if (previews === "rough") yield { ...frame, picture: model.preview(image) };
    else yield frame;
  }
}
