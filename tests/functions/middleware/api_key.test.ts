import OpenAI from "openai";
import { expect, test } from "vitest";
import { createApp } from "../../../functions/app.ts";
import { checkAccess } from "../../../functions/program/listen.ts";
import { offered, served, toy } from "../setup.ts";

const app = createApp({ models: [offered(toy)], apiKeys: ["first key", "second"] });

test.each([
  [undefined, 401],
  ["", 401],
  ["Bearer", 401],
  ["Bearer ", 401],
  ["Bearer wrong", 401],
  ["Bearer first", 401],
  ["Basic second", 401],
  ["Bearer first key", 200],
  ["bearer second", 200],
])("Authorization: %s gets %i", async (authorization, status) => {
  const reply = await app.request("/v1/models", { headers: authorization === undefined ? {} : { authorization } });
  expect(reply.status).toBe(status);
  if (status === 200) return;
  expect(reply.headers.get("www-authenticate")).toBe("Bearer");
  expect(reply.headers.get("x-should-retry")).toBe("false");
  expect((await reply.json()).error).toMatchObject({ type: "invalid_request_error", code: "invalid_api_key" });
});

test("no key is asked for health", async () => {
  expect((await app.request("/livez")).status).toBe(200);
  expect((await app.request("/readyz")).status).toBe(200);
});

test("the unmodified client knows how to bring one", async () => {
  const server = served(app);
  const clientWith = (apiKey: string) => new OpenAI({ baseURL: `${server.address}/v1`, apiKey, maxRetries: 0 });
  expect((await clientWith("second").models.retrieve("toy")).id).toBe("toy");
  await expect(clientWith("third").models.retrieve("toy")).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await server.close();
});

test("only the loopback is open without one", () => {
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) checkAccess({ host, apiKeys: [] });
  for (const host of ["0.0.0.0", "::", "example.org", "127.0.0.1.example.org"]) {
    expect(() => checkAccess({ host, apiKeys: [] })).toThrow(/^Cannot listen on .+ without a key: expected API_KEYS/);
    checkAccess({ host, apiKeys: ["key"] });
  }
});
