import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../../functions/app.ts";
import type { App } from "../setup.ts";

let place: string;
let app: App;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "unnoise-"));
  const [site, models] = [join(place, "site"), join(place, "models")];
  await mkdir(join(site, "en", "a lesson"), { recursive: true });
  await mkdir(join(site, "_astro"), { recursive: true });
  await mkdir(join(site, "models"), { recursive: true });
  await mkdir(join(models, "fashion"), { recursive: true });
  await writeFile(join(place, "secret.txt"), "secret");
  await writeFile(join(site, "index.html"), "<h1>home</h1>");
  await writeFile(join(site, "404.html"), "<h1>not here</h1>");
  await writeFile(join(site, "en", "index.html"), "<h1>english</h1>");
  await writeFile(join(site, "en", "a lesson", "index.html"), "<h1>lesson</h1>");
  await writeFile(join(site, "_astro", "code.abc.js"), "1");
  await writeFile(join(site, "run.wasm"), new Uint8Array([0, 97]));
  await writeFile(join(site, ".env"), "secret");
  await symlink(join(place, "secret.txt"), join(site, "link.txt"));
  await writeFile(join(models, "fashion", "model.onnx"), new Uint8Array(1000));
  await writeFile(join(models, "fashion", "train.py"), "secret");
  app = createApp({ models: [], site, modelFiles: models });
});

afterAll(() => rm(place, { recursive: true }));

describe("files", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "<h1>home</h1>"],
    ["/en/", "text/html; charset=utf-8", "<h1>english</h1>"],
    ["/en/index.html", "text/html; charset=utf-8", "<h1>english</h1>"],
    ["/en/a%20lesson/", "text/html; charset=utf-8", "<h1>lesson</h1>"],
    ["/_astro/code.abc.js", "text/javascript; charset=utf-8", "1"],
    ["/run.wasm", "application/wasm", "\0a"],
  ])("%s comes as %s", async (path, type, text) => {
    const reply = await app.request(path);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe(type);
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await reply.text()).toBe(text);
  });

  test("of models come, their recipes do not", async () => {
    const model = await app.request("/models/fashion/model.onnx");
    expect(model.headers.get("content-type")).toBe("application/octet-stream");
    expect((await model.bytes()).length).toBe(1000);
    expect((await app.request("/models/fashion/train.py")).status).toBe(404);
    expect((await app.request("/models/")).status).toBe(404);
  });

  test("are sent once, and then only named", async () => {
    const first = await app.request("/");
    const etag = first.headers.get("etag")!;
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const second = await app.request("/", { headers: { "if-none-match": `"other", ${etag}` } });
    expect([second.status, await second.text()]).toEqual([304, ""]);
    const hashed = await app.request("/_astro/code.abc.js");
    expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  test("of a folder are found with a slash at the end, so that relative links hold", async () => {
    const reply = await app.request("/en?theme=dark");
    expect([reply.status, reply.headers.get("location")]).toEqual([308, "/en/?theme=dark"]);
  });

  test("are not sent to HEAD, which hears how long they are", async () => {
    const reply = await app.request("/", { method: "HEAD" });
    expect([reply.status, reply.headers.get("content-length"), await reply.text()]).toEqual([200, "13", ""]);
  });

  test("that are missing are a page for people and an error for programs", async () => {
    const person = await app.request("/en/nothing", { headers: { accept: "text/html,*/*;q=0.8" } });
    expect([person.status, person.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
    expect(await person.text()).toBe("<h1>not here</h1>");
    const program = await app.request("/en/nothing", { headers: { accept: "application/json" } });
    expect((await program.json()).error.code).toBe("not_found");
    const wrong = await app.request("/v1/images/generations", { headers: { accept: "text/html" } });
    expect([wrong.status, (await wrong.json()).error.code]).toEqual([405, "method_not_allowed"]);
  });

  test.each([
    "/secret.txt",
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/en/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/..%255csecret.txt",
    "/en/%00",
    "/index.html%00.txt",
    "/%",
    "/%ff",
    "/.env",
    "/%2eenv",
    "/link.txt",
    "/index.html/",
    "/_astro/",
    "/_astro",
    "/models/..%2f..%2fsecret.txt",
    "/models//etc/passwd",
    "//etc/passwd",
    "//en",
    "/%2fen",
    "/en//",
    `/${"x".repeat(5000)}`,
    `/${"x/".repeat(3000)}`,
  ])("%s is not among them", async (path) => {
    const reply = await app.fetch(new Request(`http://localhost${path}`));
    expect(reply.status).toBe(404);
    const text = await reply.text();
    expect(JSON.parse(text).error.code).toBe("not_found");
    expect(text).not.toContain(place);
  });
});
