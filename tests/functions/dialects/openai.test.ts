import { Buffer } from "node:buffer";
import { decodePng, type Model } from "@unnoise/lib";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appWith, execute, fashion, generate, root, served, slow, toy, until } from "../setup.ts";

/** Our fields travel beside OpenAI's; the client sends them on as they are. */
function withOurs<Params>(params: Params, ours: object): Params {
  return { ...params, ...ours };
}

function clientOf(address: string) {
  return new OpenAI({ baseURL: `${address}/v1`, apiKey: "not needed", maxRetries: 0 });
}

describe("the unmodified client", () => {
  let model: Model;
  let server: ReturnType<typeof served>;
  let client: OpenAI;

  beforeAll(async () => {
    model = await fashion();
    server = served(appWith(model));
    client = clientOf(server.address);
  });

  afterAll(async () => {
    await server.close();
    await model.release();
  });

  test("generates", async () => {
    const params = withOurs({ model: "fashion", prompt: "ankle boot", n: 2, size: "28x28" } as const, {
      seed: 1,
      num_inference_steps: 2,
    });
    const { data, output_format, size } = await client.images.generate(params);
    expect({ output_format, size }).toEqual({ output_format: "png", size: "28x28" });
    expect(data).toHaveLength(2);
    for (const { b64_json } of data!) expect(decodePng(Buffer.from(b64_json!, "base64")).width).toBe(28);
  });

  test("streams partial pictures and the finished one", async () => {
    const params = withOurs({ prompt: "bag", stream: true, partial_images: 2 } as const, {
      seed: 2,
      num_inference_steps: 4,
    });
    const events = [];
    for await (const event of await client.images.generate(params)) events.push(event);
    expect(events.map(({ type }) => type)).toEqual([
      "image_generation.partial_image",
      "image_generation.partial_image",
      "image_generation.completed",
    ]);
    const [first, second, last] = events.map(({ b64_json }) => b64_json);
    expect(new Set([first, second, last]).size).toBe(3);
    const whole = await client.images.generate(
      withOurs({ prompt: "bag" }, { seed: 2, num_inference_steps: 4 }),
    );
    expect(whole.data![0]!.b64_json).toBe(last);
  });

  test("lists and retrieves models", async () => {
    const ids = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(["fashion"]);
    expect((await client.models.retrieve("fashion")).owned_by).toBe("unnoise");
    await expect(client.models.retrieve("gpt-5")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  test("throws errors of its own classes, with the field and the request's id", async () => {
    const error = await client.images.generate({ prompt: "bag", n: 0 }).catch((error) => error);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ status: 400, param: "n", code: "invalid_value", type: "invalid_request_error" });
    expect(error.message).toContain("expected a whole number from 1 to 10");
    expect(error.requestID).toBeTruthy();
    const streamed = await client.images.generate({ prompt: "boot", stream: true }).catch((error) => error);
    expect(streamed).toBeInstanceOf(OpenAI.BadRequestError);
    expect(streamed.param).toBe("prompt");
  });

  test("of the version before gets on just as well", async () => {
    const { code, out, err } = await execute(`${root}/tests/functions/dialects/openai_6.ts`, {
      args: [`${server.address}/v1`],
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({
      version: "6.49.0",
      generated: [true, true],
      streamed: ["image_generation.partial_image", "image_generation.partial_image", "image_generation.completed"],
      models: ["fashion"],
      error: { name: "BadRequestError", status: 400, param: "size" },
    });
  });
});

describe("the client that goes away", () => {
  test("in the middle of a stream frees the device within a step", async () => {
    const { model, calls } = slow(toy, 20);
    const app = appWith(model, { places: 0 });
    const server = served(app);
    const client = clientOf(server.address);
    const params = withOurs({ prompt: "cat", stream: true, partial_images: 3 } as const, { num_inference_steps: 400 });
    for await (const event of await client.images.generate(params)) {
      expect(event.type).toBe("image_generation.partial_image");
      break;
    }
    await until(async () => (await app.request("/readyz")).status === 200);
    // The first partial picture comes after step 100; the news of the broken line needs a moment, and no more.
    expect(calls()).toBeLessThan(200);
    const next = await client.images.generate(withOurs({ prompt: "dog" }, { num_inference_steps: 1 }));
    expect(next.data).toHaveLength(1);
    await server.close();
  });

  test("leaves its place in the queue, too", async () => {
    const { model, calls } = slow(toy, 20);
    const server = served(appWith(model, { places: 1 }));
    const client = clientOf(server.address);
    const long = withOurs({ prompt: "cat", stream: true, partial_images: 1 } as const, { num_inference_steps: 400 });
    const first = await client.images.generate(long);
    const second = await client.images.generate(long);
    const full = await client.images.generate({ prompt: "cat" }).catch((error) => error);
    expect(full).toBeInstanceOf(OpenAI.RateLimitError);
    second.controller.abort();
    await until(async () => (await fetch(`${server.address}/readyz`)).status === 200);
    const third = client.images.generate(withOurs({ prompt: "dog" }, { num_inference_steps: 1 }));
    first.controller.abort();
    expect((await third).data).toHaveLength(1);
    expect(calls()).toBeLessThan(400);
    await server.close();
  });
});

test("a full queue is a 429 that says when to come again, within a minute", async () => {
  const { model } = slow(toy, 5);
  const app = appWith(model, { places: 2 });
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => generate(app, { prompt: "cat", num_inference_steps: 10 })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
  for (const reply of replies.filter(({ status }) => status === 429)) {
    const seconds = Number(reply.headers.get("retry-after"));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(reply.headers.get("x-should-retry")).toBeNull();
    expect((await reply.json()).error).toMatchObject({ type: "rate_limit_error", param: null, code: "queue_full" });
  }
  expect((await generate(app, { prompt: "dog", num_inference_steps: 1 })).status).toBe(200);
});
