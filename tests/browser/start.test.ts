import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../../functions/app.ts";
import { loadModels } from "../../functions/program/offers.ts";
import { chooseRuntime } from "../../functions/program/runtime.ts";
import { served } from "../functions/setup.ts";
import { launchBrowser } from "./browser.ts";
import { pixels, roughness, slide } from "./site.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let browser: Browser;
let server: ReturnType<typeof served>;

/** Site, models and endpoint from one place, as `deno task start` serves them. */
beforeAll(async () => {
  const { offers, ready } = await loadModels(["fashion"], await chooseRuntime());
  await ready;
  server = served(createApp({ models: offers, site: join(root, "site/dist"), modelFiles: join(root, "models") }));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("GET / moves a picture from clean to noise and back, and downloads no model", async () => {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(server.address);
  await page.waitForSelector(".widget[data-ready]");
  const last = Number(await page.locator("input[data-part=at]").getAttribute("max"));
  const roughnesses = [];
  for (const value of [0, last / 2, last, last / 2, 0]) {
    await slide(page, "at", value);
    roughnesses.push(Math.round(roughness(await pixels(page, "main"))));
  }
  const [clean, noise, other, noiseAgain, cleanAgain] = roughnesses;
  expect([noiseAgain, cleanAgain]).toEqual([noise, clean]);
  expect(noise).toBeGreaterThan(3 * clean!);
  expect(noise).toBeGreaterThan(3 * other!);
  expect(asked.filter((path) => /\.(onnx|wasm)$/.test(path))).toEqual([]);
  await page.close();
});

test("chapter 10 runs the network that the endpoint serves", async () => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  await page.goto(`${server.address}/zh/the-whole-loop/#the-whole-loop.seed=11`);
  await page.waitForSelector(".widget[data-ready]");
  await page.click("[data-part=run]");
  await page.waitForSelector("[data-part=badge][data-kind=network]", { timeout: 60_000 });
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("input[data-part=at]")!.value === "20");
  expect(roughness(await pixels(page, "noisy"))).toBeLessThan(45);
  await slide(page, "at", 0);
  expect(roughness(await pixels(page, "noisy"))).toBeGreaterThan(60);
  expect(problems).toEqual([]);
  await page.close();
}, 90_000);
