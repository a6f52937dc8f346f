import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import axe from "axe-core";
import { expect, test } from "vitest";
import { figured, languages, openSite, pages, painted, slide } from "../browser/site.ts";

const site = openSite();
const dist = fileURLToPath(new URL("../../site/dist/", import.meta.url));
const figuredPages = ["/", ...languages.flatMap((language) => figured.map((page) => `/${language}/${page}`))];
const everyPage = ["/", ...languages.flatMap((language) => pages.map((page) => `/${language}/${page}`))];

test.each(everyPage)("axe finds nothing wrong with %s in either theme", async (path) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page, problems } = await site.visit(path, { colorScheme, reducedMotion: "reduce" });
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(colorScheme);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
      for (const hidden of document.querySelectorAll<HTMLElement>(".widget [hidden]")) hidden.hidden = false;
    });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`))
      .toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  }
});

test.each(everyPage)("%s fits a window of 320 pixels", async (path) => {
  const { page } = await site.visit(path, { viewport: { width: 320, height: 640 } });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test.each(everyPage.filter((path) => path.includes("/samplers/")))("%s says all without scripts", async (path) => {
  const { page } = await site.visit(path, { javaScriptEnabled: false });
  expect(await page.locator("h1").count()).toBe(1);
  expect(await page.locator("table").count()).toBeGreaterThan(0);
  // The search needs a script, and is not shown without.
  expect(await page.locator("form:visible").count()).toBe(0);
});

test.each(figuredPages)("%s is complete without scripts", async (path) => {
  const { page } = await site.visit(path, { javaScriptEnabled: false });
  expect(await page.locator("h1").count()).toBe(1);
  const images = page.locator(".widget img");
  expect(await images.count()).toBeGreaterThan(1);
  for (const image of await images.all()) {
    const { complete, width } = await image.evaluate((element) => {
      const { complete, naturalWidth } = element as HTMLImageElement;
      return { complete, width: naturalWidth };
    }).catch(() => ({ complete: true, width: 1 }));
    expect(complete && width > 0).toBe(true);
  }
  expect(await page.locator(".without-script").count()).toBe(await page.locator(".widget").count());
});

test("every page has a title, a description and a language, and its other language", async () => {
  for (const path of everyPage) {
    const html = await readFile(join(dist, path, "index.html"), "utf8");
    expect(html).toMatch(path.startsWith("/zh/") ? /<html lang="zh-Hans"/ : /<html lang="en"/);
    expect(html).toMatch(/<title>[^<]{3,}<\/title>/);
    expect(html).toMatch(/<meta name="description" content="[^"]{20,}"/);
    expect(html.match(/rel="alternate"/g)?.length).toBe(languages.length);
  }
});

test("both languages have the same pages, sections and figures", async () => {
  for (const path of pages) {
    const [english, chinese] = await Promise.all(
      languages.map(async (language) => {
        const html = await readFile(join(dist, language, path, "index.html"), "utf8");
        const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
        return {
          sections: count(/<h2/g),
          questions: count(/<h3/g),
          figures: count(/<unnoise-/g),
          formulas: count(/<math/g),
          links: count(/<a /g),
          labels: count(/aria-label(ledby)?=/g),
          buttons: count(/<button/g),
        };
      }),
    );
    expect(chinese).toEqual(english);
  }
});

test("no English label is left on a Chinese page", async () => {
  for (const path of pages) {
    const { page } = await site.visit(`/zh/${path}`);
    const labels = await page.evaluate(() =>
      [...document.querySelectorAll("[aria-label], [aria-valuetext], [title], img[alt]")].flatMap((element) => [
        element.getAttribute("aria-label"),
        element.getAttribute("aria-valuetext"),
        element.getAttribute("title"),
        element.getAttribute("alt"),
      ]).filter((label) => label !== null && label !== "")
    ) as string[];
    expect(labels.length).toBeGreaterThan(5);
    // Bare numbers are the same in both languages.
    expect(labels.filter((label) => !/\p{Script=Han}/u.test(label) && !/^[\d.]+$/.test(label))).toEqual([]);
  }
});

test("every link and file that a page names is there", async () => {
  for (const path of everyPage) {
    const html = await readFile(join(dist, path, "index.html"), "utf8");
    for (const [, address] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      if (/^(https:|data:)/.test(address!)) continue;
      const [file, fragment] = address!.split("#");
      const target = join(dist, decodeURIComponent(new URL(file!, `http://localhost${path}`).pathname));
      const found = await stat(target);
      if (found.isDirectory()) await stat(join(target, "index.html"));
      if (fragment !== undefined && fragment !== "") expect(html).toContain(`id="${decodeURIComponent(fragment)}"`);
    }
  }
});

test("the language switch keeps the page and the state of its widgets", async () => {
  const { page } = await site.visit("/en/adding-noise/#adding-noise.t=640&adding-noise.picture=cat");
  await slide(page, "t", 641);
  await page.click("[data-language-switch]");
  await page.waitForURL(/\/zh\/adding-noise\//);
  expect(new URL(page.url()).hash).toBe("#adding-noise.t=641&adding-noise.picture=cat");
  await page.waitForSelector("unnoise-adding-noise[data-ready]");
  await painted(page);
  expect(await page.locator("input[data-part=t]").getAttribute("aria-valuetext")).toContain("第 641 步");
  expect(await page.locator("[name=adding-noise-picture][value=cat]").isChecked()).toBe(true);
  await page.click("[data-language-switch]");
  await page.waitForURL(/\/en\/adding-noise\//);
  expect(new URL(page.url()).hash).toBe("#adding-noise.t=641&adding-noise.picture=cat");
});

test("a copied link opens the page as it was, at the widget", async () => {
  const { page } = await site.visit("/en/adding-noise/", { permissions: ["clipboard-read", "clipboard-write"] });
  await slide(page, "n", 77);
  await page.locator("unnoise-walk-or-jump [data-copy]").click();
  await page.waitForFunction(() => document.querySelector("unnoise-walk-or-jump [data-copy-note]")!.textContent !== "");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain("#walk-or-jump.n=77&at=walk-or-jump");
  const other = await site.visit(link.replace(site.host.origin, ""));
  await painted(other.page);
  expect(await other.page.locator("input[data-part=n]").inputValue()).toBe("77");
  expect(await other.page.evaluate(() => scrollY)).toBeGreaterThan(300);
});

test("where copying is refused, the link is in the address bar, and the widget says so", async () => {
  const { page } = await site.visit("/en/");
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
  });
  await page.click("[data-copy]");
  await page.waitForFunction(() => document.querySelector("[data-copy-note]")!.textContent!.includes("address bar"));
  expect(page.url()).toContain("#at=hero");
});

test.each([
  "#hero.at=-1&hero.seed=1e99&hero.picture=<script>",
  "#hero.at=NaN&hero.at=&hero.seed=0.5.5&=&%%%",
  "#hero.picture=constructor&hero.at=Infinity",
])("nonsense in a link is ignored: %s", async (hash) => {
  const { page, problems } = await site.visit(`/en/${hash}`);
  await painted(page);
  expect(await page.locator("input[data-part=at]").inputValue()).toBe("26");
  expect(problems).toEqual([]);
});

test("the theme toggle is remembered, and the page does not flash", async () => {
  const { page } = await site.visit("/en/", { colorScheme: "light" });
  const toggle = page.locator("[data-theme-toggle]");
  expect(await toggle.getAttribute("aria-pressed")).toBe("false");
  await toggle.click();
  expect(await toggle.getAttribute("aria-pressed")).toBe("true");
  await page.goto(`${site.host.origin}/zh/schedules/`, { waitUntil: "commit" });
  await page.waitForSelector("body", { state: "attached" });
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
});

test("the keyboard alone reaches everything, in order, and moves the sliders", async () => {
  const { page } = await site.visit("/en/the-whole-loop/");
  const seen: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const visible = outlineStyle !== "none" && outlineWidth !== "0px";
      const name = [element.dataset.part, element.className, element.tagName].find((name) =>
        name !== undefined && name !== ""
      );
      return `${visible ? "" : "unseen "}${name}`;
    });
    if (name.endsWith("BODY")) break;
    seen.push(name);
  }
  expect(seen[0]).toBe("skip");
  const parts = ["at", "prompt", "seed", "new-seed", "scheduler", "steps", "guidance", "run", "branch", "forget"];
  expect(seen.filter((name) => parts.includes(name))).toEqual(parts);
  expect(seen.filter((name) => name.startsWith("unseen"))).toEqual([]);

  const slider = page.locator("input[data-part=at]");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  expect(await slider.inputValue()).toBe("11");
  await page.keyboard.press("Home");
  expect(await slider.inputValue()).toBe("0");
  await page.keyboard.press("End");
  expect(await slider.inputValue()).toBe("20");
});

test("a page that does not exist says so, in both languages", async () => {
  const { page } = await site.visit("/en/no-such-page/");
  expect(await page.locator("h1").allTextContents()).toEqual(["Nothing but noise here", "这里只有噪声"]);
});

test("scripts, pages and styles stay within their budgets", async () => {
  const scripts = new Map<string, number>();
  for (const name of await readdir(join(dist, "_astro"))) {
    if (name.endsWith(".js")) scripts.set(name, brotliCompressSync(await readFile(join(dist, "_astro", name))).length);
  }
  for (const path of everyPage) {
    const { page } = await site.visit(path);
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname)
    );
    const names = loaded.map((path) => path.split("/").at(-1)!);
    const script = names.reduce((sum, name) => sum + (scripts.get(name) ?? 0), 0);
    expect(script, `${path}: bytes of script`).toBeLessThan(40_000);
    expect(script).toBeGreaterThan(1000);
    let text = (await readFile(join(dist, path, "index.html"))).length;
    for (const file of loaded) if (file.endsWith(".css")) text += (await readFile(join(dist, file))).length;
    expect(text, `${path}: bytes of HTML and CSS`).toBeLessThan(120_000);
    await page.context().close();
  }
}, 120_000);
