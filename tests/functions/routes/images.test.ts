import { Buffer } from "node:buffer";
import { decodePng, encodePng, type Model, openModel, textToImage, toPictures } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, appWith, fashion, generate, root, toy } from "../setup.ts";

let model: Model;
let app: App;

beforeAll(async () => {
  model = await fashion();
  app = appWith(model);
});

afterAll(() => model.release());

describe("a reply", () => {
  test("has OpenAI's shape and a picture in it", async () => {
    const reply = await generate(app, { prompt: "ankle boot", seed: 1, num_inference_steps: 2 });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("application/json");
    const { created, data, ...rest } = await reply.json();
    expect(Math.abs(created - Date.now() / 1000)).toBeLessThan(5);
    expect(rest).toEqual({
      background: "opaque",
      output_format: "png",
      size: "28x28",
      usage: {
        input_tokens: 0,
        output_tokens: 0,
        total_tokens: 0,
        input_tokens_details: { text_tokens: 0, image_tokens: 0 },
      },
      model: "fashion",
      fingerprint: `${model.fingerprint}:ddim:cpu`,
      warnings: [],
    });
    expect(data).toHaveLength(1);
    expect(data[0].seed).toBe(1);
    const { width, height, channels } = decodePng(Buffer.from(data[0].b64_json, "base64"));
    expect({ width, height, channels }).toEqual({ width: 28, height: 28, channels: 1 });
  });

  test("brings the bytes that the library makes of the same seed", async () => {
    const { data } = await (await generate(app, {
      prompt: "bag",
      seed: 5,
      num_inference_steps: 3,
      guidance_scale: 3,
      scheduler: "ddpm",
    })).json();
    const run = textToImage(model, { prompts: ["bag"], seeds: [5], steps: 3, guidanceScale: 3, scheduler: "ddpm" });
    const last = (await Array.fromAsync(run)).at(-1)!;
    expect(data[0].b64_json).toBe(Buffer.from(encodePng(toPictures(last.image)[0]!)).toString("base64"));
  });

  test("has the same bytes for a seed, whatever n is", async () => {
    const ask = async (body: object) => {
      const reply = await generate(app, { prompt: "coat", num_inference_steps: 3, ...body });
      return (await reply.json()).data as { b64_json: string; seed: number }[];
    };
    const three = await ask({ n: 3, seed: 10 });
    const again = await ask({ n: 3, seed: 10 });
    const alone = await ask({ seed: 12 });
    expect(three.map(({ seed }) => seed)).toEqual([10, 11, 12]);
    expect(again).toEqual(three);
    expect(alone[0]).toEqual(three[2]);
    expect(new Set(three.map(({ b64_json }) => b64_json)).size).toBe(3);
  });

  test("names the seed it drew, and that seed makes the same picture", async () => {
    const ask = async (body: object) => {
      return (await (await generate(app, { prompt: "dress", num_inference_steps: 2, ...body })).json()).data[0];
    };
    const drawn = await ask({});
    expect(drawn.seed).toBeGreaterThanOrEqual(0);
    expect(await ask({ seed: drawn.seed })).toEqual(drawn);
    expect((await ask({})).seed).not.toBe(drawn.seed);
  });

  test.each(["ddpm", "ddim", "euler"])("names scheduler %s in its fingerprint", async (scheduler) => {
    const reply = await generate(app, { prompt: "bag", scheduler, num_inference_steps: 2 });
    expect((await reply.json()).fingerprint).toBe(`${model.fingerprint}:${scheduler}:cpu`);
  });
});

describe("fields", () => {
  const small = appWith(toy);

  test.each([
    { prompt: "CAT" },
    { prompt: "  dog \n" },
    { n: 10 },
    { size: "auto" },
    { size: "4x4" },
    { seed: 0 },
    { seed: Number.MAX_SAFE_INTEGER },
    { num_inference_steps: 1000 },
    { guidance_scale: 0 },
    { guidance_scale: 7.5 },
    { eta: 0.5 },
    { user: "someone", safety_identifier: "hash" },
    { moderation: "low", background: "opaque", output_format: "png", quality: "auto" },
    { partial_images: 0 },
    { stream: false },
    {
      model: null,
      n: null,
      size: null,
      seed: null,
      num_inference_steps: null,
      guidance_scale: null,
      scheduler: null,
      stream: null,
      partial_images: null,
      response_format: null,
      output_format: null,
      quality: null,
      style: null,
      user: null,
    },
  ])("%o are met without a warning", async (body) => {
    const reply = await generate(small, { prompt: "cat", ...body });
    expect(reply.status).toBe(200);
    expect((await reply.json()).warnings).toEqual([]);
  });

  test("that change nothing are warned of", async () => {
    const reply = await generate(small, {
      prompt: "cat",
      quality: "hd",
      style: "vivid",
      output_compression: 50,
      guidence_scale: 3,
    });
    const { warnings } = await reply.json();
    expect(warnings).toHaveLength(4);
    expect(warnings.at(-1)).toBe('Fields that are not known here were ignored: "guidence_scale"');
  });

  test("that are many and long make no long warning", async () => {
    const strange = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${"x".repeat(90)}${i}`, i]));
    const [warning] = (await (await generate(small, { prompt: "cat", ...strange })).json()).warnings;
    expect(warning).toContain("990 more");
    expect(warning.length).toBeLessThan(2000);
  });

  test("response_format url gives an address that holds the picture", async () => {
    const { data } = await (await generate(small, { prompt: "cat", seed: 3, response_format: "url" })).json();
    expect(Object.keys(data[0])).toEqual(["url", "seed"]);
    const bytes = await (await fetch(data[0].url)).bytes();
    expect(decodePng(bytes).width).toBe(4);
  });
});

test("a model of words draws what words say, and names those that it cannot read", async () => {
  const model = await openModel(diskFolder(`${root}/models/emoji`), nodeRuntime());
  const asked = { prompt: "a blorptang, flat style", seed: 1, num_inference_steps: 2, size: "64x64" };
  const reply = await generate(appWith(model), asked);
  expect(reply.status).toBe(200);
  const { data, warnings } = await reply.json();
  expect(warnings).toEqual(['The model has never seen "blorptang": it will guess']);
  const { width, height, channels } = decodePng(Buffer.from(data[0].b64_json, "base64"));
  expect([width, height, channels]).toEqual([64, 64, 3]);
  await model.release();
});
