import { encodePng, openModel, textToImage, toPictures } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";

const model = await openModel(diskFolder("models/fashion"), nodeRuntime());

const run = textToImage(model, {
  prompts: ["ankle boot"],
  seeds: [5],
  steps: 20,
  guidanceScale: 2,
  scheduler: "ddim",
});
for await (const { index, count, level, image } of run) {
  console.log(`step ${index} of ${count}, signal ${(100 * level.alpha ** 2).toFixed(0)} %`);
  if (index === count) console.log(encodePng(toPictures(image)[0]!).length, "bytes of PNG");
}

await model.release();
