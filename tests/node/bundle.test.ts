import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { openModel, textToImage } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import * as rows from "@unnoise/lib/schedulers";
import { build, type InlineConfig, preview } from "vite";
import { expect, test } from "vitest";
import { launchBrowser } from "../browser/browser.ts";
import { freshProject, root } from "./project.ts";

const project = freshProject();
const settings = (): InlineConfig => ({ root: project.folder, configFile: false, logLevel: "error" });

test("a page that Vite bundles from the installed package draws in Chromium", async () => {
  const page = join(root, "tests/browser/page");
  for (const name of ["index.html", "main.ts", "every_pipeline.ts"]) {
    await copyFile(join(page, name), join(project.folder, name));
  }
  await build({ ...settings(), build: { target: "esnext" } });
  const server = await preview({ ...settings(), preview: { host: "127.0.0.1", port: 0 } });
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    await tab.route("**/models/**", (route) => {
      return route.fulfill({ path: join(root, new URL(route.request().url()).pathname) });
    });
    await tab.goto(server.resolvedUrls!.local[0]!);
    await tab.waitForFunction(() => "draw" in globalThis);
    const options = { prompts: ["dress"], seeds: [1], steps: 4 };
    const found = await tab.evaluate((options) => globalThis.draw(options), options);

    const model = await openModel(diskFolder(join(root, "models/fashion")), nodeRuntime());
    const { x } = (await Array.fromAsync(textToImage(model, options))).at(-1)!;
    await model.release();
    expect(Math.max(...found.map((value, i) => Math.abs(value - x.data[i]!)))).toBeLessThan(1e-3);
  } finally {
    await browser.close();
    await server.close();
  }
}, 120_000);

/** The size of a program as it is sent: minified by Vite, compressed with brotli. */
async function bytes(program: string): Promise<number> {
  await writeFile(join(project.folder, "program.js"), program);
  const result = await build({
    ...settings(),
    build: {
      write: false,
      target: "esnext",
      minify: true,
      rolldownOptions: {
        input: join(project.folder, "program.js"),
        preserveEntrySignatures: "strict",
        output: { format: "es" },
      },
    },
  }) as { readonly output: readonly { readonly code: string }[] };
  return brotliCompressSync(result.output[0]!.code).length;
}

test("a program pays for the schedulers that it imports, 6 kB each at most", async () => {
  const bare = await bytes(`export { schedulerOf } from "@unnoise/lib";`);
  const sizes: Record<string, number> = {};
  for (const name of Object.keys(rows)) {
    sizes[name] = await bytes(
      `export { schedulerOf } from "@unnoise/lib"; export { ${name} } from "@unnoise/lib/schedulers";`,
    ) - bare;
  }
  const sorted = Object.entries(sizes).sort(([, a], [, b]) => a - b);
  console.log(
    `schedulerOf alone: ${bare} bytes, minified and compressed. What one scheduler adds:\n` +
      sorted.map(([name, size]) => `  ${String(size).padStart(5)} ${name}`).join("\n"),
  );
  expect(bare).toBeLessThan(8000);
  expect(sorted.filter(([, size]) => size > 6000)).toEqual([]);
  // Nothing of lib is left where nothing of it is used.
  expect(await bytes(`import "@unnoise/lib"; import "@unnoise/lib/schedulers"; export const nothing = 0;`))
    .toBeLessThan(100);
}, 180_000);
