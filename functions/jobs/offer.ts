import { type Model, textToImage } from "@unnoise/lib";

/** A model that the endpoint offers: known by its id at once, usable as soon as it is loaded. */
export type Offer = {
  /** The name that requests call it by. */
  readonly id: string;
  /** When its weights were written, in seconds since 1970. */
  readonly created: number;
  /** The model, once it is loaded and warm. */
  readonly model: Model | undefined;
};

/** Offers a model that is still being loaded. Whoever started the loading answers for its failure. */
export function offer(
  { id, created, opening }: { readonly id: string; readonly created: number; readonly opening: Promise<Model> },
): Offer {
  let model: Model | undefined;
  opening.then((opened) => model = opened, () => {});
  return {
    id,
    created,
    get model() {
      return model;
    },
  };
}

/** Draws one picture and throws it away: the first run is the slow one, and the one that shows whether all is well. */
export async function warm(model: Model): Promise<Model> {
  const run = textToImage(model, { prompts: [model.classes[0] ?? "a smile"], seeds: [0], steps: 1 });
  while (!(await run.next()).done);
  return model;
}
