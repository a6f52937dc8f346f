import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Model, openModel, type Runtime } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { type Offer, offer, warm } from "../jobs/offer.ts";
import { modelFolder } from "./model_folder.ts";

/** Models on offer, and the promise that they become usable. */
export type Loading = {
  /** The offers, usable one by one. */
  readonly offers: readonly Offer[];
  /** The models, when all are loaded and warm; rejects with a sentence when one cannot be. */
  readonly ready: Promise<readonly Model[]>;
};

/**
 * Starts to load models from the disk; they are on offer from the beginning.
 *
 * @throws {RangeError} when there is no such model
 */
export async function loadModels(
  ids: readonly string[],
  { runtime }: { readonly runtime: Runtime },
): Promise<Loading> {
  const loading = await Promise.all(ids.map(async (id) => {
    const folder = await modelFolder(id);
    // A model without weights says so when it is opened.
    const written = await stat(join(folder, "unet", "model.onnx")).catch(() => undefined);
    const opening = openModel(diskFolder(folder), runtime).then(warm);
    return { opening, offer: offer({ id, created: Math.floor((written?.mtimeMs ?? 0) / 1000), opening }) };
  }));
  const ready = Promise.all(loading.map(({ opening }) => opening));
  // Whoever awaits `ready` hears of a failure; until then it is nobody's.
  ready.catch(() => {});
  return { offers: loading.map(({ offer }) => offer), ready };
}
