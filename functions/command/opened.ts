import { InvalidOption, type Model, openModel, type Runtime } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { modelFolder } from "../program/model_folder.ts";
import { chooseRuntime } from "../program/runtime.ts";
import type { ModelOptions } from "./options.ts";

/** Opens a model for as long as it is used. Options that it cannot meet are named as the command line names them. */
export async function withModel<Result>(
  { model: id, device }: ModelOptions,
  use: (model: Model) => Promise<Result>,
): Promise<Result> {
  const folder = await modelFolder(id);
  return await withOpened((runtime) => openModel(diskFolder(folder), runtime), { device, use });
}

/** The same with what another opener opens. */
export async function withOpened<Opened extends Pick<Model, "release">, Result>(
  open: (runtime: Runtime) => Promise<Opened>,
  { device, use }: { readonly device: string | undefined; readonly use: (model: Opened) => Promise<Result> },
): Promise<Result> {
  const { runtime, note } = await chooseRuntime(device);
  if (note !== undefined) console.error(note);
  const model = await open(runtime);
  try {
    return await use(model);
  } catch (error) {
    throw error instanceof InvalidOption ? new RangeError(`${error.message} (${flagOf(error.option)})`) : error;
  } finally {
    await model.release();
  }
}

/** The seed to start with: what was asked for, or any. */
export function firstSeed(seed: number | undefined): number {
  return seed ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
}

const flags: Readonly<Record<string, string>> = {
  guidanceScale: "--guidance",
  negativePrompts: "--negative",
  prompts: "--prompt",
  seeds: "--seed",
  image: "the picture",
};

/** The library's options have the names of ours, but for these. */
function flagOf(option: string): string {
  return flags[option] ?? `--${option}`;
}
