import { Buffer } from "node:buffer";
import { encodePng, type Model, textToImage, toPictures } from "@unnoise/lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appWith, fashion, generate, slow, toy, until } from "../setup.ts";

let model: Model;

beforeAll(async () => {
  model = await fashion();
});

afterAll(() => model.release());

type Event = { readonly [field: string]: unknown; readonly type: string; readonly b64_json: string };

function parse(text: string): { readonly name: string; readonly data: Event }[] {
  return text.trim().split("\n\n").map((block) => {
    const [name, data] = block.split("\n");
    return { name: name!.replace("event: ", ""), data: JSON.parse(data!.replace("data: ", "")) };
  });
}

test("a stream brings partial pictures in order, each another, and then the finished one", async () => {
  const app = appWith(model);
  const fields = { prompt: "sneaker", seed: 4, num_inference_steps: 8 };
  const reply = await generate(app, { ...fields, stream: true, partial_images: 3 });
  expect(reply.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const events = parse(await reply.text());
  expect(events.every(({ name, data }) => name === data.type)).toBe(true);
  expect(events.map(({ name }) => name)).toEqual([
    "image_generation.partial_image",
    "image_generation.partial_image",
    "image_generation.partial_image",
    "image_generation.completed",
  ]);
  expect(events.slice(0, 3).map(({ data }) => [data.partial_image_index, data.step, data.steps])).toEqual([
    [0, 2, 8],
    [1, 4, 8],
    [2, 6, 8],
  ]);
  expect(new Set(events.map(({ data }) => data.b64_json)).size).toBe(4);
  const frames = await Array.fromAsync(textToImage(model, { prompts: ["sneaker"], seeds: [4], steps: 8 }));
  const guesses = [2, 4, 6, 8].map((step) => {
    return Buffer.from(encodePng(toPictures(frames[step]!.image)[0]!)).toString("base64");
  });
  expect(events.map(({ data }) => data.b64_json)).toEqual(guesses);

  const { data } = events.at(-1)!;
  expect(data).toMatchObject({
    size: "28x28",
    quality: "auto",
    background: "opaque",
    output_format: "png",
    image_index: 0,
    seed: 4,
    model: "fashion",
    fingerprint: `${model.fingerprint}:ddim:cpu`,
    warnings: [],
    usage: { total_tokens: 0 },
  });
  const whole = await (await generate(app, fields)).json();
  expect(data.b64_json).toBe(whole.data[0].b64_json);
});

test("each of n pictures has its own events, index and seed", async () => {
  const reply = await generate(appWith(toy), {
    prompt: "cat",
    n: 2,
    seed: 7,
    num_inference_steps: 3,
    stream: true,
    partial_images: 1,
  });
  const events = parse(await reply.text()).map(({ data }) => [data.type.split(".")[1], data.image_index, data.seed]);
  expect(events).toEqual([
    ["partial_image", 0, 7],
    ["completed", 0, 7],
    ["partial_image", 1, 8],
    ["completed", 1, 8],
  ]);
});

test.each([[1, 3, 0], [2, 3, 1], [3, 3, 2], [4, 3, 3], [20, 0, 0], [20, 1, 1]])(
  "%i steps with %i partial pictures show %i",
  async (steps, partials, shown) => {
    const body = { prompt: "cat", num_inference_steps: steps, stream: true, partial_images: partials };
    const events = parse(await (await generate(appWith(toy), body)).text());
    expect(events).toHaveLength(shown + 1);
    expect(new Set(events.map(({ data }) => data.step)).size).toBe(shown + 1);
  },
);

test("the first event comes while the picture is still being made", async () => {
  const { model, calls } = slow(toy, 20);
  const body = { prompt: "cat", num_inference_steps: 40, stream: true, partial_images: 3 };
  const reader = (await generate(appWith(model), body)).body!.getReader();
  await reader.read();
  expect(calls()).toBeLessThan(20);
  await reader.cancel();
});

test("a reader who goes away stops the run within a step, and the next is served", async () => {
  const { model, calls } = slow(toy, 10);
  const app = appWith(model, { places: 0 });
  const body = { prompt: "cat", num_inference_steps: 200, stream: true, partial_images: 3 };
  const reader = (await generate(app, body)).body!.getReader();
  await until(() => calls() >= 3);
  expect((await generate(app, { prompt: "cat" })).status).toBe(429);
  const before = calls();
  await reader.cancel();
  await until(async () => (await app.request("/readyz")).status === 200);
  expect(calls() - before).toBeLessThanOrEqual(1);
  expect((await generate(app, { prompt: "cat", num_inference_steps: 1 })).status).toBe(200);
});

test("a client that goes away stops a run that does not stream, too", async () => {
  const { model, calls } = slow(toy, 10);
  const app = appWith(model, { places: 0 });
  const client = new AbortController();
  const reply = generate(app, { prompt: "cat", num_inference_steps: 200 }, { signal: client.signal });
  await until(() => calls() >= 3);
  client.abort();
  expect((await reply).status).toBe(499);
  await until(async () => (await app.request("/readyz")).status === 200);
  expect(calls()).toBeLessThan(20);
});

test("what breaks in the middle is an event in OpenAI's shape, and shows nothing of itself", async () => {
  let calls = 0;
  const network: Model["network"] = (question, conditions) => {
    return calls++ < 3 ? toy.network(question, conditions) : Promise.reject(new Error("secret"));
  };
  const { error } = console;
  console.error = () => {};
  try {
    const body = { prompt: "cat", num_inference_steps: 8, stream: true, partial_images: 3 };
    const text = await (await generate(appWith({ ...toy, network }), body)).text();
    expect(text).not.toContain("secret");
    const events = parse(text);
    expect(events.map(({ name }) => name)).toEqual(["image_generation.partial_image", "error"]);
    expect(events[1]!.data).toMatchObject({ type: "error", error: { type: "server_error", code: "internal_error" } });
  } finally {
    console.error = error;
  }
});
