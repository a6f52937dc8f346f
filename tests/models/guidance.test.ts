import {
  allFinite,
  cosine,
  interval,
  magnitudeAware,
  type Model,
  openModel,
  projected,
  rescaled,
  tangential,
  type Tensor,
  textToImage,
  type TextToImageOptions,
  zeroStar,
} from "@unnoise/lib";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fashion } from "../fixtures/fashion.ts";

let model: Model;

beforeAll(async () => {
  model = await openModel(fashion, nodeRuntime());
});

afterAll(() => model.release());

async function draw(options: Partial<TextToImageOptions>): Promise<Tensor> {
  const run = { prompts: ["sneaker", "dress"], seeds: [1, 2], steps: 6, guidanceScale: 4, ...options };
  for await (const { index, count, image } of textToImage(model, run)) if (index === count) return image;
  throw new Error("the run did not finish");
}

const distance = (a: Tensor, b: Tensor) => a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0);

describe("guidance of the model in the repository", () => {
  const kinds: Record<string, Partial<TextToImageOptions>> = {
    rescaled: { guidance: rescaled(0.7) },
    projected: { guidance: projected({ threshold: 15, momentum: -0.5 }) },
    "projected and rescaled": { guidance: rescaled(0.7, projected()) },
    zeroStar: { guidance: zeroStar() },
    tangential: { guidance: tangential() },
    magnitudeAware: { guidance: magnitudeAware(1) },
    interval: { guidanceScale: interval(4, { min: 0.3, max: 5 }) },
    cosine: { guidanceScale: cosine(4) },
  };

  it.each(Object.entries(kinds))(
    "%s draws pictures, others than plain guidance does, and the same again",
    async (_, kind) => {
      const [plain, found, again] = [await draw({}), await draw(kind), await draw(kind)];
      expect(allFinite(found)).toBe(true);
      expect(Math.max(...found.data.map(Math.abs))).toBeLessThan(4);
      expect(distance(found, plain)).toBeGreaterThan(1);
      expect(again.data).toEqual(found.data);
      // Each picture is guided on its own: alone it comes out the same.
      const alone = await draw({ ...kind, prompts: ["dress"], seeds: [2] });
      alone.data.forEach((value, i) => expect(value).toBeCloseTo(found.data[alone.data.length + i]!, 3));
    },
  );

  it("names the scale of a level that it cannot guide with", () => {
    const guidanceScale = ({ time }: { readonly time: number }) => time < 500 ? 31 : 2;
    expect(() => textToImage(model, { prompts: ["bag"], seeds: [1], guidanceScale })).toThrow("scale 31");
  });
});
