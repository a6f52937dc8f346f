/**
 * Draws the pictures of the README and of the cards, with the models in the repository: every one is by them.
 *
 *     deno task sheets
 *
 * @module
 */
import {
  concatenate,
  contactSheet,
  finished,
  inpaint,
  type Model,
  openModel,
  openUpscaler,
  resample,
  stylize,
  type Tensor,
  tensor,
  textToImage,
  toPictures,
  upscale,
} from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { writePicture } from "../functions/picture/write.ts";

const STYLES = ["cartoon", "sticker", "3d", "flat", "pixel", "outline"];
const OBJECTS = ["a slice of pizza", "a red apple", "a cat face", "a rocket", "a rose", "a sun with face"];
const STEPS = [1, 2, 4, 8, 20, 50];
const run = { steps: 20, guidanceScale: 3 };

const folder = (name: string) => diskFolder(new URL(name, import.meta.url));

/** Puts pictures into a file, `columns` of them in a row. */
async function write(file: string, pictures: Tensor, columns: number) {
  const sheet = contactSheet(toPictures(pictures), { columns, scale: 2 });
  await writePicture(decodeURIComponent(new URL(file, import.meta.url).pathname), sheet);
  console.log(`models/${file}: ${sheet.width}×${sheet.height}`);
}

/** One picture, drawn alone, so that it is the one that the command line draws. */
function drawn(model: Model, prompt: string, { seed = 1, steps = run.steps } = {}): Promise<Tensor> {
  return finished(textToImage(model, { ...run, steps, prompts: [prompt], seeds: [seed] }));
}

/** Each in turn: one row of drawings after the other, and no more than one in memory. */
async function each<Value>(values: readonly Value[], draw: (value: Value) => Promise<Tensor>): Promise<Tensor> {
  const pictures = [];
  for (const value of values) pictures.push(await draw(value));
  return concatenate(pictures);
}

/** Each object in each style: a row an object, a column a style. */
async function styles(model: Model) {
  const prompts = OBJECTS.flatMap((object) => STYLES.map((style) => `${object}, ${style} style`));
  await write("emoji/styles.png", await each(prompts, (prompt) => drawn(model, prompt)), STYLES.length);
}

/** A picture, what is kept of it, and what is put into the rest: three drawings, and one by other words. */
async function inpainting(model: Model) {
  const [what, other] = ["a smiling face, flat style", "a smiling face with sunglasses, flat style"];
  const image = await drawn(model, what);
  const size = 64;
  const mask = tensor([1, 1, size, size], new Float32Array(size * size).map((_, i) => Number(i < size * size / 2)));
  const hidden = tensor(image.shape, image.data.map((value, i) => mask.data[i % (size * size)] === 1 ? 0.5 : value));
  const anew = (prompt: string, seed: number) => {
    return finished(inpaint(model, { ...run, image, mask, resample: 3, prompts: [prompt], seeds: [seed] }));
  };
  const found = await each([1, 2, 3], (seed) => anew(what, seed));
  await write("emoji/inpainting.png", concatenate([image, hidden, found, await anew(other, 4)]), STYLES.length);
}

/** Three drawings, each in all styles: first the one that there is, then by inversion. */
async function styleTransfer(model: Model) {
  const strip = async (object: string) => {
    const from = `${object}, flat style`;
    const image = await drawn(model, from);
    const others = STYLES.filter((style) => style !== "flat");
    const found = await each(others, (style) => {
      return finished(
        stylize(model, { ...run, image, from: [from], prompts: [`${object}, ${style} style`], seeds: [1] }),
      );
    });
    return concatenate([image, found]);
  };
  await write("emoji/style_transfer.png", await each(OBJECTS.slice(0, 3), strip), STYLES.length);
}

/** The same noise in more and more steps. */
async function steps(model: Model) {
  const runs = OBJECTS.slice(0, 2).flatMap((object) =>
    STEPS.map((steps) => ({ prompt: `${object}, 3d style`, steps }))
  );
  await write(
    "emoji/steps.png",
    await each(runs, ({ prompt, steps }) => drawn(model, prompt, { steps })),
    STEPS.length,
  );
}

/** Drawings made small by the mean of 4×4 pixels, and enlarged: pixels, bicubic, one step, four steps; what they were. */
async function upscaling(model: Model) {
  const upscaler = await openUpscaler(folder("emoji-upscaler"), nodeRuntime());
  const row = async (style: string) => {
    const image = await drawn(model, `a cat face, ${style} style`, { seed: 2 });
    const small = resample(image, { width: 16, height: 16, filter: "area" });
    const large = { width: 64, height: 64 };
    const enlarged = await each([1, 4], (steps) => finished(upscale(upscaler, { image: small, steps, seeds: [1] })));
    return concatenate([resample(small, { ...large, filter: "nearest" }), resample(small, large), enlarged, image]);
  };
  await write("emoji-upscaler/beside_bicubic.png", await each(STYLES.slice(0, 4), row), 5);
  await upscaler.release();
}

const model = await openModel(folder("emoji"), nodeRuntime());
for (const sheet of [styles, inpainting, styleTransfer, steps, upscaling]) await sheet(model);
await model.release();
