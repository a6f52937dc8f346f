import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type Host, host } from "./host.ts";

/** The pages of the site below a language that have figures to play with. */
export const figured = ["", "adding-noise/", "schedules/", "the-whole-loop/"] as const;

/** The pages of the site below a language; of the samplers' those with all parts, with few, and with noise. */
export const pages = [
  ...figured,
  "samplers/",
  "samplers/dpm_multistep/",
  "samplers/repaint/",
  "samplers/euler_ancestral/",
] as const;

export const languages = ["en", "zh"] as const;

/** A page that is open, and everything that went wrong on it. */
export type Visit = { readonly page: Page; readonly problems: readonly string[] };

/** The built site on a static host and a browser to look at it, for the tests of one file. */
export function openSite(flags: readonly string[] = []) {
  let browser: Browser;
  let served: Host;

  beforeAll(async () => {
    [browser, served] = await Promise.all([launchBrowser(flags), host()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  return {
    get host() {
      return served;
    },
    async visit(path: string, options: BrowserContextOptions = {}): Promise<Visit> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("pageerror", ({ message }) => problems.push(message));
      page.on("console", (message) => {
        // The tests themselves read canvases often, which Chromium remarks on.
        if (message.text().includes("willReadFrequently")) return;
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      await page.goto(served.origin + path);
      if (options.javaScriptEnabled !== false) await ready(page);
      return { page, problems };
    },
  };
}

/** Every widget of the page has started, and has painted what it first shows. */
export async function ready(page: Page) {
  await page.waitForFunction(() => {
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>(".widget .picture canvas")];
    return [...document.querySelectorAll(".widget")].every((widget) => widget.hasAttribute("data-ready")) &&
      canvases.every((canvas) =>
        canvas.width === 0 || canvas.getContext("2d")!.getImageData(0, 0, 1, 1).data[3] === 255
      );
  });
}

/** The pixels of a widget's canvas: red, green, blue, opacity. */
export async function pixels(page: Page, part: string): Promise<number[]> {
  await painted(page);
  return await page.locator(`canvas[data-part="${part}"]`).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    return [...canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data];
  });
}

/** The mean difference of two pictures' pixels, from 0 to 255. */
export function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

/** How much neighbouring pixels differ on average: small for pictures, large for noise. */
export function roughness(pixels: readonly number[]): number {
  let sum = 0;
  for (let i = 4; i < pixels.length; i += 4) sum += Math.abs(pixels[i]! - pixels[i - 4]!);
  return sum / (pixels.length / 4);
}

/** Moves a slider to a value, and waits until the widget has shown it. */
export async function slide(page: Page, part: string, value: number) {
  await page.locator(`input[data-part="${part}"]`).fill(String(value));
  await painted(page);
}

/** Widgets draw once a frame, so what was changed now is there two frames later. */
export async function painted(page: Page) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
