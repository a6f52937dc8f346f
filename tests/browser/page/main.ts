import { httpFolder, openModel, textToImage, type TextToImageOptions } from "@unnoise/lib";
import { webRuntime } from "@unnoise/lib/runtime/web";
import { everyPipeline } from "./every_pipeline.ts";

declare global {
  /** Draws in the page; gives the finished pictures' values. */
  var draw: (options: TextToImageOptions) => Promise<number[]>;
  /** Runs every pipeline in the page. */
  var runAll: () => Promise<Record<string, number[]>>;
}

const folder = (name: string) => httpFolder(new URL(`/models/${name}/`, location.href));
const runtime = webRuntime();
const fashion = await openModel(folder("fashion"), runtime);

globalThis.draw = async (options) => {
  let values: number[] = [];
  for await (const { x } of textToImage(fashion, options)) values = Array.from(x.data);
  return values;
};

globalThis.runAll = () => everyPipeline(folder, runtime);
