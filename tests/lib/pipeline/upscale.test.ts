import { afterAll, describe, expect, it } from "vitest";
import { resample } from "../../../lib/image/resample.ts";
import { diskFolder } from "../../../lib/model/disk.ts";
import { openUpscaler, type Upscaler } from "../../../lib/model/upscaler.ts";
import { finished, type Frame } from "../../../lib/pipeline/frame.ts";
import { InvalidOption } from "../../../lib/pipeline/invalid_option.ts";
import { upscale, type UpscaleOptions } from "../../../lib/pipeline/upscale.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { concatenate, unstack } from "../../../lib/tensor/batch.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";
import { cut } from "../../../lib/tensor/window.ts";

const model = await openUpscaler(
  diskFolder(new URL("../../../models/emoji-upscaler", import.meta.url)),
  nodeRuntime(),
);
afterAll(() => model.release());

/** A picture from formulas: soft and hard edges, thin and thick lines, in colours. */
function drawn(height: number, width: number): Tensor {
  const picture = tensor([1, 3, height, width]);
  for (let i = 0; i < height * width; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const disc = Math.hypot(x - width * 0.4, y - height * 0.5) < Math.min(width, height) * 0.3;
    const line = Math.abs(x - y - 5) < 1.5;
    const colour = line ? [-0.9, -0.8, -0.7] : disc ? [0.9, 0.6 - y / height, -0.5] : [0.2, x / width, 0.8];
    colour.forEach((value, channel) => picture.data[channel * height * width + i] = value);
  }
  return picture;
}

/** How far a picture drawn in tiles may be from the one drawn at once, on average, of 2 from black to white. */
const BOUND = 0.02;

const image = drawn(16, 16);

async function frames(options: Partial<UpscaleOptions> = {}, upscaler: Upscaler = model): Promise<Frame[]> {
  const list = [];
  for await (const frame of upscale(upscaler, { image, seeds: [1], steps: 2, ...options })) list.push(frame);
  return list;
}

async function picture(options: Partial<UpscaleOptions> = {}): Promise<Tensor> {
  return await finished(upscale(model, { image, seeds: [1], steps: 2, ...options }));
}

function mean(values: Iterable<number>): number {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

function differences(a: Tensor, b: Tensor): Float32Array {
  return a.data.map((value, i) => Math.abs(value - b.data[i]!));
}

describe("upscale", () => {
  it("yields a frame a step and then the picture, four times as wide and as high", async () => {
    const list = await frames({ image: drawn(17, 30), steps: 3 });
    expect(list.map(({ index, count }) => [index, count])).toEqual([[0, 3], [1, 3], [2, 3], [3, 3]]);
    for (const { x, image, noise } of list) {
      for (const { shape } of [x, image, noise]) expect(shape).toEqual([1, 3, 68, 120]);
    }
    expect(list.map(({ picture }) => picture?.shape)).toEqual([undefined, undefined, undefined, [1, 3, 68, 120]]);
    expect(list[0]!.level.sigma).toBeCloseTo(1, 3);
    expect(list[3]!.level.sigma).toBe(0);
  });

  it("takes four steps and the seed 0 by default", async () => {
    const found = await finished(upscale(model, { image }));
    expect(found.data).toEqual((await picture({ seeds: [0], steps: 4 })).data);
  });

  it("starts in one field of noise, that of torch", async () => {
    const [{ x }] = await frames({ seeds: [42] }) as [Frame];
    expect(x.data).toEqual(torchGenerator(42).randn([1, 3, 64, 64]).data);
  });

  it("is nearer to the picture than to noise: made small again it is what was given", async () => {
    for (const steps of [1, 2, 4]) {
      const small = resample(await picture({ steps }), { width: 16, height: 16, filter: "area" });
      expect(mean(differences(small, image))).toBeLessThan(0.05);
    }
  });

  it("shows the guess of every step where previews are asked for", async () => {
    const list = await frames({ previews: "full" });
    for (const { picture, image: guess } of list) {
      expect(picture!.data).toEqual(model.decode(guess, image).data);
    }
  });

  it("draws the same again, and something else from another seed, count of steps, scheduler or η", async () => {
    const usual = await picture();
    expect((await picture()).data).toEqual(usual.data);
    for (const other of [{ seeds: [2] }, { steps: 3 }, { scheduler: "euler_ancestral" }, { eta: 1 }]) {
      expect((await picture(other)).data).not.toEqual(usual.data);
    }
  });

  it("draws the same picture of a seed whatever is beside it", async () => {
    const other = torchGenerator(5).randn([1, 3, 16, 16]);
    const both = await picture({ image: concatenate([other, image]), seeds: [7, 1] });
    const [, second] = unstack(both);
    expect(Math.max(...differences(second!, await picture()))).toBeLessThan(1e-3);
  });

  it.each([[1, 1], [3, 5], [15, 40], [65, 16]])("enlarges %i×%i, which is no size of tiles", async (height, width) => {
    const found = await picture({ image: drawn(height, width), tile: 32 });
    expect(found.shape).toEqual([1, 3, 4 * height, 4 * width]);
    expect(found.data.every((value) => Math.abs(value) < 3)).toBe(true);
  });

  describe("in tiles", () => {
    const wide = drawn(32, 56);
    let whole: Tensor;
    let parts: Tensor;

    it("draws what it draws at once, but for small differences", async () => {
      whole = await picture({ image: wide, steps: 4 });
      parts = await picture({ image: wide, steps: 4, tile: 32 });
      expect(mean(differences(whole, parts))).toBeLessThan(BOUND);
    });

    it("leaves no seam: where tiles begin and end, neighbours differ as they do elsewhere", () => {
      // Two tiles of 32 in a line of 56, so that 24 and 32 are where one begins and the other ends.
      const [, , height, width] = parts.shape as [number, number, number, number];
      const jumps = Array.from({ length: width - 1 }, (_, x) => {
        const column = (tensor: Tensor, left: number) => cut(tensor, { top: 0, left, height, width: 1 });
        const jump = (tensor: Tensor) => differences(column(tensor, x + 1), column(tensor, x));
        // What the picture itself does there counts for nothing.
        return mean(jump(parts)) - mean(jump(whole));
      });
      const elsewhere = jumps.map(Math.abs).sort((a, b) => a - b);
      for (const place of [4 * 24 - 1, 4 * 32 - 1]) {
        expect(Math.abs(jumps[place]!)).toBeLessThan(elsewhere[Math.floor(elsewhere.length * 0.95)]! + 1e-3);
      }
    });

    it("asks the network about no more than a tile", async () => {
      const seen = new Set<string>();
      const watched: Upscaler = {
        ...model,
        network(question, told, signal) {
          seen.add(`${question.x.shape} ${told[0]!.shape}`);
          return model.network(question, told, signal);
        },
      };
      const told: string[] = [];
      await frames({ image: wide, tile: 32, onTile: (done, count) => told.push(`${done}/${count}`) }, watched);
      expect([...seen]).toEqual(["1,3,128,128 1,3,32,32"]);
      expect(told).toEqual(["1/2", "2/2", "1/2", "2/2"]);
    });

    it("stops between two tiles, with the signal's reason", async () => {
      const controller = new AbortController();
      const reason = new Error("enough");
      let tiles = 0;
      const onTile = () => {
        tiles++;
        controller.abort(reason);
      };
      await expect(frames({ image: wide, tile: 32, onTile, signal: controller.signal })).rejects.toBe(reason);
      expect(tiles).toBe(1);
    });
  });

  it.each([
    ["image", { image: tensor([1, 1, 8, 8]) }, /\[1,1,8,8\].*\[pictures, 3, height, width\]/],
    ["image", { image: tensor([3, 8, 8]) }, /\[3,8,8\]/],
    ["image", { image: tensor([1, 3, 0, 8]) }, /\[1,3,0,8\]/],
    ["seeds", { seeds: [1, 2] }, /1 pictures with 2 seeds/],
    ["seed", { seeds: [-1] }, /-1/],
    ["steps", { steps: 0 }, /0/],
    ["scheduler", { scheduler: "magic" }, /"magic"/],
    ["eta", { eta: 2 }, /2/],
    ["tile", { tile: 8 }, /tiles of 8.*multiple of 2 from 16/],
    ["tile", { tile: 33 }, /33/],
    ["tile", { tile: NaN }, /NaN/],
    ["overlap", { overlap: 33 }, /33.*half of 64/],
    ["overlap", { overlap: -1 }, /-1/],
  ])("blames %s", (option, options, words) => {
    let error: unknown;
    try {
      upscale(model, { image, seeds: [1], ...options });
    } catch (found) {
      error = found;
    }
    expect(error).toBeInstanceOf(InvalidOption);
    expect((error as InvalidOption).option).toBe(option);
    expect((error as InvalidOption).message).toMatch(words);
  });
});
