import { expect, test } from "vitest";
import { distance, openSite, pixels, roughness, slide } from "../browser/site.ts";

const site = openSite();

test("dragging the hero's slider drowns a picture in noise and brings another one out, without any model", async () => {
  const { page, problems } = await site.visit("/");
  const slider = page.locator("input[data-part=at]");
  await slide(page, "at", 0);
  const clean = await pixels(page, "main");
  expect(roughness(clean)).toBeLessThan(20);

  const box = (await slider.boundingBox())!;
  const middle = box.y + box.height / 2;
  await page.mouse.move(box.x + 13, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, middle, { steps: 12 });
  const noise = await pixels(page, "main");
  expect(Number(await slider.inputValue())).toBe(60);
  expect(roughness(noise)).toBeGreaterThan(60);
  expect(distance(clean, noise)).toBeGreaterThan(30);

  await page.mouse.move(box.x + box.width - 3, middle, { steps: 12 });
  await page.mouse.up();
  const out = await pixels(page, "main");
  expect(Number(await slider.inputValue())).toBe(120);
  expect(roughness(out)).toBeLessThan(20);
  expect(distance(clean, out)).toBeGreaterThan(20);

  await slide(page, "at", 0);
  expect(await pixels(page, "main")).toEqual(clean);
  expect(site.host.asked.filter((path) => /models|\.onnx|\.wasm/.test(path))).toEqual([]);
  expect(problems).toEqual([]);
});

test("the noise alone decides which picture comes out", async () => {
  const { page } = await site.visit("/#hero.at=120");
  const says = page.locator("[data-part=says]");
  const first = await says.textContent();
  const seen = new Set([first]);
  for (let i = 0; i < 5; i++) {
    // New noise may flash at most three times a second, so a click too early would be dropped.
    await page.waitForTimeout(400);
    await page.click("[data-part=new-noise]");
    await page.waitForTimeout(250);
    seen.add(await says.textContent());
  }
  expect(seen.size).toBeGreaterThan(2);
  await page.click("[data-reset]");
  expect(await page.locator("input[data-part=at]").inputValue()).toBe("26");
});

test("the exact denoiser's guess is a blur in noise, and one of its pictures near the end", async () => {
  const { page } = await site.visit("/en/#hero.at=61");
  const weights = () =>
    page.locator("[data-known]").evaluateAll((elements) =>
      elements.map((element) => Number((element as HTMLElement).style.getPropertyValue("--weight")))
    );
  await page.waitForFunction(() => document.querySelector("[data-known]")!.getAttribute("style")!.includes("0.0"));
  expect(Math.max(...await weights())).toBeLessThan(0.3);
  await slide(page, "at", 110);
  await pixels(page, "main");
  expect(Math.max(...await weights())).toBeGreaterThan(0.99);
});
