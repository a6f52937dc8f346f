import { expect, test } from "vitest";
import { distance, openSite, pixels, roughness, slide } from "../browser/site.ts";

const site = openSite();
const path = "/en/schedules/";

test("each schedule says where half of the signal is left", async () => {
  const { page, problems } = await site.visit(path);
  for (const [name, half] of [["linear", 258], ["scaled", 354], ["cosine", 495]] as const) {
    await page.check(`[name=schedules-schedule][value=${name}]`);
    await slide(page, "t", half);
    const says = page.locator("[data-part=says]");
    await page.waitForFunction(
      (half) => document.querySelector("[data-part=says]")!.textContent!.includes(`t = ${half}`),
      half,
    );
    expect(await says.textContent()).toMatch(/ᾱ = 0\.(499|5)/);
    expect(await page.locator("unnoise-schedules").getAttribute("data-schedule")).toBe(name);
  }
  expect(problems).toEqual([]);
});

test("one cursor moves through both charts, the strip and the picture", async () => {
  const { page } = await site.visit(path);
  const places = () =>
    page.locator(".cursor").evaluateAll((lines) => lines.map((line) => line.getAttribute("transform")));
  await slide(page, "t", 0);
  const clean = await pixels(page, "here");
  const start = await places();
  await slide(page, "t", 999);
  const noisy = await pixels(page, "here");
  const end = await places();
  expect(start).toEqual([start[0], start[0]]);
  expect(end).toEqual([end[0], end[0]]);
  expect(end).not.toEqual(start);
  expect(roughness(clean)).toBeLessThan(25);
  expect(roughness(noisy)).toBeGreaterThan(60);
  expect(await page.locator("unnoise-schedules").evaluate((element) => element.style.getPropertyValue("--time"))).toBe(
    "1",
  );
});

test("another schedule makes another strip", async () => {
  const { page } = await site.visit(path);
  const linear = await pixels(page, "strip");
  await page.check("[name=schedules-schedule][value=cosine]");
  expect(distance(await pixels(page, "strip"), linear)).toBeGreaterThan(5);
});

test("an own schedule is drawn with one stroke, set with keys, and kept in the link", async () => {
  const { page } = await site.visit(path);
  await page.check("[name=schedules-schedule][value=own]");
  const bars = page.locator("[data-part=bars] input");
  const curve = page.locator("[data-part=signal] .curve.own");
  const before = await curve.getAttribute("d");
  const [first, last] = [(await bars.first().boundingBox())!, (await bars.last().boundingBox())!];
  await page.mouse.move(first.x + 4, first.y + 20);
  await page.mouse.down();
  await page.mouse.move(last.x + 4, last.y + last.height - 20, { steps: 30 });
  await page.mouse.up();
  await pixels(page, "here");
  const values = await bars.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).valueAsNumber));
  expect(values[0]).toBeGreaterThan(values[8]! + 30);
  expect(await curve.getAttribute("d")).not.toBe(before);

  await bars.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => bars.first().inputValue()).toBe(String(values[0]! - 1));
  await page.waitForFunction(() => location.hash.includes("schedules.own="));
  const address = page.url();
  await page.reload();
  expect(page.url()).toBe(address);
  await page.waitForFunction(() => document.querySelector("[data-schedule=own]") !== null);
  expect(await bars.first().inputValue()).toBe(String(values[0]! - 1));
});

test("a schedule that adds no noise is clean all the way, and says so", async () => {
  const { page, problems } = await site.visit(`${path}#schedules.schedule=own&schedules.own=0.0.0.0.0.0.0.0.0`);
  await page.waitForFunction(() => document.querySelector("[data-part=says]")!.textContent!.includes("never"));
  await slide(page, "t", 999);
  expect(roughness(await pixels(page, "here"))).toBeLessThan(25);
  expect(problems).toEqual([]);
});
