import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createApp } from "../../functions/app.ts";
import { offer } from "../../functions/jobs/offer.ts";
import { appWith, gated, generate, offered, toy, until } from "./setup.ts";

const app = appWith(toy);

describe("health", () => {
  test("is alive at once, and ready when the model is", async () => {
    const opening = Promise.withResolvers<typeof toy>();
    const app = createApp({ models: [offer({ id: "toy", created: 1, opening: opening.promise })] });
    expect((await app.request("/livez")).status).toBe(200);
    const before = await app.request("/readyz");
    expect([before.status, await before.json()]).toEqual([503, { status: "loading" }]);
    const refused = await generate(app, { prompt: "cat" });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await refused.json()).error).toMatchObject({ type: "server_error", code: "model_loading" });
    opening.resolve(toy);
    await until(async () => (await app.request("/readyz")).status === 200);
    expect((await generate(app, { prompt: "cat" })).status).toBe(200);
  });

  test("is alive but not ready when the model cannot be opened", async () => {
    const app = createApp({ models: [offer({ id: "toy", created: 1, opening: Promise.reject(new Error("no")) })] });
    expect((await app.request("/livez")).status).toBe(200);
    expect((await app.request("/readyz")).status).toBe(503);
  });

  test("is not ready while the queue is full", async () => {
    const { model, open } = gated(toy);
    const app = appWith(model, { places: 0 });
    const reply = generate(app, { prompt: "cat", num_inference_steps: 1 });
    await until(async () => (await app.request("/readyz")).status === 503);
    open();
    await reply;
    expect(await (await app.request("/readyz")).json()).toEqual({ status: "ready" });
  });
});

describe("the site's files", () => {
  test("come compressed to those who take it, pictures in a reply do not", async () => {
    const site = await mkdtemp(join(tmpdir(), "unnoise-"));
    const script = "let x = 1;\n".repeat(1000);
    await writeFile(join(site, "script.js"), script);
    const app = createApp({ models: [offered(toy)], site });
    const headers = { "accept-encoding": "gzip" };
    const file = await app.request("/script.js", { headers });
    expect(file.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(await file.arrayBuffer()).toString()).toBe(script);
    expect((await app.request("/script.js")).headers.get("content-encoding")).toBeNull();
    expect((await app.request("/v1/models", { headers })).headers.get("content-encoding")).toBeNull();
    await rm(site, { recursive: true });
  });
});

describe("models", () => {
  test("are listed as OpenAI lists them", async () => {
    const list = await (await app.request("/v1/models")).json();
    expect(list).toMatchObject({
      object: "list",
      data: [{ id: "toy", object: "model", created: 1, owned_by: "unnoise" }],
    });
    expect(list.data[0]).toMatchObject({ classes: ["cat", "dog"], size: "4x4", scheduler: "ddim", ready: true });
    expect(await (await app.request("/v1/models/toy")).json()).toEqual(list.data[0]);
  });

  test("that do not exist are a 404", async () => {
    const reply = await app.request("/v1/models/dall-e-9");
    expect(reply.status).toBe(404);
    expect((await reply.json()).error).toEqual({
      message: 'Cannot find model "dall-e-9": expected toy',
      type: "invalid_request_error",
      param: "model",
      code: "model_not_found",
    });
  });

  test("are chosen by their id, the first one by default", async () => {
    const app = createApp({ models: [offered(toy), offered({ ...toy, name: "other" })] });
    const modelOf = async (body: object) => (await (await generate(app, { prompt: "cat", ...body })).json()).model;
    expect([await modelOf({}), await modelOf({ model: null }), await modelOf({ model: "other" })]).toEqual(
      ["toy", "toy", "other"],
    );
  });
});

describe("every reply", () => {
  test.each(["/livez", "/v1/models", "/v1/models/none", "/nowhere", "/"])(
    "to GET %s has a request id",
    async (path) => {
      const { headers } = await app.request(path);
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  test("keeps the request id that was sent, when it is a plain one", async () => {
    const idFor = async (id: string) => {
      return (await app.request("/livez", { headers: { "x-request-id": id } })).headers.get("x-request-id");
    };
    expect(await idFor("abc-1")).toBe("abc-1");
    expect(await idFor("<script>")).not.toBe("<script>");
  });

  test("has one in errors and streams, too", async () => {
    const bad = await generate(app, "{");
    const stream = await generate(app, { prompt: "cat", stream: true });
    expect(bad.headers.get("x-request-id")).toBeTruthy();
    expect(stream.headers.get("x-request-id")).toBeTruthy();
    await stream.text();
  });
});

describe("what is not there", () => {
  test("is a 404 in OpenAI's shape", async () => {
    const reply = await app.request("/v1/nowhere", { method: "POST" });
    expect(reply.status).toBe(404);
    expect(reply.headers.get("x-should-retry")).toBe("false");
    expect((await reply.json()).error).toEqual({
      message: "Cannot find POST /v1/nowhere",
      type: "invalid_request_error",
      param: null,
      code: "not_found",
    });
  });

  test.each([
    ["GET", "/v1/images/generations", "POST"],
    ["DELETE", "/v1/models", "GET, HEAD"],
    ["PUT", "/livez", "GET, HEAD"],
  ])("%s %s is a 405 that says what is", async (method, path, allow) => {
    const reply = await app.request(path, { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.get("allow")).toBe(allow);
    expect((await reply.json()).error).toMatchObject({ type: "invalid_request_error", code: "method_not_allowed" });
  });

  test("the site says how to build it", async () => {
    const reply = await createApp({ models: [], site: "/nowhere/at/all" }).request("/");
    expect(reply.status).toBe(404);
    expect(await reply.text()).toContain("deno task start");
  });
});

test("an error that nobody foresaw shows nothing of itself, and is not asked for again", async () => {
  const broken = { ...toy, network: () => Promise.reject(new Error("secret /path/of/a/file")) };
  const logged: unknown[] = [];
  const { error } = console;
  console.error = (...words) => logged.push(...words);
  try {
    const reply = await generate(appWith(broken), { prompt: "cat" });
    expect(reply.status).toBe(500);
    expect(reply.headers.get("x-should-retry")).toBe("false");
    const text = await reply.text();
    expect(text).not.toContain("secret");
    expect(JSON.parse(text).error).toMatchObject({ type: "server_error", code: "internal_error" });
    expect(logged.join(" ")).toContain(reply.headers.get("x-request-id"));
  } finally {
    console.error = error;
  }
});
