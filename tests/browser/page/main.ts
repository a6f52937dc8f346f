import { httpFolder, openModel, textToImage, type TextToImageOptions } from "@unnoise/lib";
import { webRuntime } from "@unnoise/lib/runtime/web";

declare global {
  /** Draws in the page; gives the finished pictures' values. */
  var draw: (options: TextToImageOptions) => Promise<number[]>;
}

const model = await openModel(httpFolder(new URL("/models/fashion/", location.href)), webRuntime());

globalThis.draw = async (options) => {
  let values: number[] = [];
  for await (const { x } of textToImage(model, options)) values = Array.from(x.data);
  return values;
};
