import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openModel, textToImage, type TextToImageOptions } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import type { Browser, Page } from "playwright-core";
import { build, preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./browser.ts";
import { everyPipeline } from "./page/every_pipeline.ts";
import config from "../vitest.config.ts";

const models = fileURLToPath(new URL("../../models/", import.meta.url));
let folder: string;
let server: PreviewServer;
let browser: Browser;
let page: Page;

/** The library as a web developer would use it: bundled by Vite, on a page. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
  const shared = {
    root: fileURLToPath(new URL("./page", import.meta.url)),
    configFile: false as const,
    logLevel: "error" as const,
    resolve: config.resolve!,
  };
  await build({ ...shared, build: { outDir: folder, target: "esnext", emptyOutDir: true } });
  server = await preview({ ...shared, build: { outDir: folder }, preview: { host: "127.0.0.1", port: 0 } });
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.route("**/models/**", (route) => {
    return route.fulfill({ path: join(models, new URL(route.request().url()).pathname.replace("/models/", "")) });
  });
  await page.goto(server.resolvedUrls!.local[0]!);
  await page.waitForFunction(() => "draw" in globalThis);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(["ddim", "ddpm", "euler"])("Chromium agrees with onnxruntime-node within 1e-3 with %s", async (scheduler) => {
  const options: TextToImageOptions = { prompts: ["dress", "bag"], seeds: [1, 2], steps: 20, scheduler };
  const found = await page.evaluate((options) => globalThis.draw(options), options);

  const model = await openModel(diskFolder(join(models, "fashion")), nodeRuntime());
  let expected = new Float32Array();
  for await (const { x } of textToImage(model, options)) expected = Float32Array.from(x.data);
  await model.release();
  expect(found).toHaveLength(expected.length);
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-3);
});

test("every pipeline gives in Chromium what it gives on onnxruntime-node, within 5e-3", async () => {
  const expected = await everyPipeline((name) => diskFolder(join(models, name)), nodeRuntime());
  const found = await page.evaluate(() => globalThis.runAll());
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) {
    expect(found[name]).toHaveLength(values.length);
    const scale = Math.max(1, ...values.map(Math.abs));
    const furthest = Math.max(...values.map((value, i) => Math.abs(value - found[name]![i]!)));
    expect(furthest / scale, name).toBeLessThan(5e-3);
  }
}, 120_000);
