import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { distance, openSite, pixels, roughness, slide } from "../browser/site.ts";

const site = openSite();
const path = "/en/the-whole-loop/";

/** The network is 17 MB and two cores may be shared with other work. */
const PATIENCE = 90_000;

async function finished(page: Page) {
  await page.waitForFunction(
    () => / steps in /.test(document.querySelector("[data-part=status]")!.textContent!),
    null,
    {
      timeout: PATIENCE,
    },
  );
}

test("before any run the recorded one can be scrubbed, and nothing is downloaded", async () => {
  const { page, problems } = await site.visit(path);
  expect(await page.locator("[data-part=badge]").getAttribute("data-kind")).toBe("recorded");
  await slide(page, "at", 0);
  expect(roughness(await pixels(page, "noisy"))).toBeGreaterThan(60);
  await slide(page, "at", 20);
  expect(roughness(await pixels(page, "noisy"))).toBeLessThan(45);
  expect(site.host.asked.filter((path) => /models|\.wasm/.test(path))).toEqual([]);
  expect(problems).toEqual([]);
});

test("the network runs, every step is kept, and the slider goes both ways", async () => {
  const { page, problems } = await site.visit(`${path}#the-whole-loop.seed=11`);
  await page.click("[data-part=run]");
  await finished(page);
  expect(await page.locator("[data-part=badge]").getAttribute("data-kind")).toBe("network");
  const slider = page.locator("input[data-part=at]");
  expect(await slider.inputValue()).toBe("20");
  const end = await pixels(page, "noisy");
  expect(roughness(end)).toBeLessThan(45);
  expect(await pixels(page, "guess")).toEqual(end);

  await slide(page, "at", 7);
  const seventh = {
    noisy: await pixels(page, "noisy"),
    noise: await pixels(page, "noise"),
    guess: await pixels(page, "guess"),
  };
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^step 7 of 20, signal \d+ %$/);
  await slide(page, "at", 0);
  const start = await pixels(page, "noisy");
  expect(roughness(start)).toBeGreaterThan(60);
  expect(distance(start, seventh.noisy)).toBeGreaterThan(5);
  for (const at of [13, 20, 7]) await slide(page, "at", at);
  expect(await pixels(page, "noisy")).toEqual(seventh.noisy);
  expect(await pixels(page, "noise")).toEqual(seventh.noise);
  expect(await pixels(page, "guess")).toEqual(seventh.guess);
  await slide(page, "at", 20);
  expect(await pixels(page, "noisy")).toEqual(end);
  expect(problems).toEqual([]);
}, PATIENCE);

test("the newest request wins, whatever is changed on the way", async () => {
  const { page, problems } = await site.visit(path);
  await page.click("[data-part=run]");
  await finished(page);
  for (const name of ["bag", "trouser", "sneaker"]) await page.selectOption("[data-part=prompt]", name);
  await page.locator("[data-part=scheduler]").selectOption("euler");
  await slide(page, "steps", 6);
  await page.waitForFunction(() => document.querySelector("[data-part=status]")!.textContent!.startsWith("6 steps in"));
  expect(await page.locator("input[data-part=at]").getAttribute("max")).toBe("6");
  expect(roughness(await pixels(page, "noisy"))).toBeLessThan(60);
  expect(problems).toEqual([]);
}, PATIENCE);

test("a run can be stopped, and started again", async () => {
  const { page } = await site.visit(`${path}#the-whole-loop.steps=50`);
  await page.click("[data-part=run]");
  await page.click("[data-part=stop]");
  const status = page.locator("[data-part=status]");
  await page.waitForFunction(() => document.querySelector("[data-part=status]")!.textContent!.startsWith("Stopped"));
  expect(await page.locator("[data-part=stop]").isDisabled()).toBe(true);
  await page.click("[data-part=run]");
  await finished(page);
  expect(await status.textContent()).toMatch(/^50 steps in/);
}, PATIENCE);

test("a branch leaves the run where the slider stands", async () => {
  const { page } = await site.visit(path);
  await slide(page, "at", 12);
  await page.click("[data-part=branch]");
  await finished(page);
  const branches = page.locator("[data-part=branch-list] li");
  expect(await branches.count()).toBe(1);
  expect(await branches.first().textContent()).toBe("from step 12");
  expect(await page.locator("[data-part=status]").textContent()).toMatch(/^8 steps in/);
}, PATIENCE);

test("a network that fails to load becomes a sentence, and the next try works", async () => {
  const { page } = await site.visit(path);
  site.host.fail(/model\.onnx$/);
  await page.click("[data-part=run]");
  await page.waitForFunction(() => document.querySelector("[data-part=trouble]")!.textContent !== "");
  expect(await page.locator("[data-part=trouble]").textContent()).toContain("could not be loaded");
  expect(await page.locator("[data-part=run]").textContent()).toBe("Try again");
  site.host.fail();
  await page.click("[data-part=run]");
  await finished(page);
  expect(await page.locator("[data-part=trouble]").textContent()).toBe("");
}, PATIENCE);

test("a second visit needs no second download, and the network can be deleted", async () => {
  const { page } = await site.visit(path);
  await page.click("[data-part=run]");
  await finished(page);
  const count = () => site.host.asked.filter((path) => path.endsWith(".onnx")).length;
  const once = count();
  await page.reload();
  await page.click("[data-part=run]");
  await finished(page);
  expect(count()).toBe(once);
  await page.click("[data-part=forget]");
  await page.waitForFunction(() => document.querySelector("[data-part=status]")!.textContent!.includes("deleted"));
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
}, PATIENCE);
