import { classToImage, type ClassToImageOptions, httpFolder, openModel } from "@unnoise/lib";
import { webRuntime } from "@unnoise/lib/runtime/web";

declare global {
  /** Draws in the page; gives the finished pictures' values. */
  var draw: (options: ClassToImageOptions) => Promise<number[]>;
}

const model = await openModel(httpFolder(new URL("/models/fashion/", location.href)), webRuntime());

globalThis.draw = async (options) => {
  let values: number[] = [];
  for await (const { x } of classToImage(model, options)) values = Array.from(x.data);
  return values;
};
