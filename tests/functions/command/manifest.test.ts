import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openManifest } from "../../../functions/command/manifest.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
  path = join(folder, "manifest.jsonl");
});

afterEach(() => rm(folder, { recursive: true }));

const settings = { model: "fashion", strength: 0.5 };
const entry = (file: string) => ({ file, source: "a.png", label: "bag", seed: 0, variation: 0 });

async function lines(): Promise<unknown[]> {
  return (await readFile(path, "utf8")).trimEnd().split("\n").map((line) => JSON.parse(line));
}

test("a manifest is begun with how its pictures are made, and gone on with", async () => {
  const begun = await openManifest(path, settings);
  expect([begun.size(), begun.has("1.png")]).toEqual([0, false]);
  await begun.add(entry("1.png"));
  await begun.close();
  const again = await openManifest(path, settings);
  expect([again.size(), again.has("1.png"), again.has("2.png")]).toEqual([1, true, false]);
  await again.add(entry("2.png"));
  await again.close();
  expect(await lines()).toEqual([{ settings }, entry("1.png"), entry("2.png")]);
});

test("a line that was cut short is taken away", async () => {
  const begun = await openManifest(path, settings);
  await begun.add(entry("1.png"));
  await begun.close();
  await appendFile(path, '{"file":"2.p');
  const again = await openManifest(path, settings);
  expect(again.has("2.p")).toBe(false);
  await again.add(entry("2.png"));
  await again.close();
  expect(await lines()).toEqual([{ settings }, entry("1.png"), entry("2.png")]);
});

test("pictures made in another way are not mixed in", async () => {
  await (await openManifest(path, settings)).close();
  await expect(openManifest(path, { ...settings, strength: 0.6, eta: 1 })).rejects.toThrow(
    new TypeError(
      `Cannot go on with ${path}: its pictures were made with strength 0.5 instead of 0.6, eta left out instead of 1, expected the same or another --out`,
    ),
  );
});

test.each(["a text without an end", "a text\n", "{}\n", '{"settings":{"model":"fashion","strength":0.5}}\nno line\n'])(
  "a file of somebody else's is left alone: %j",
  async (text) => {
    await writeFile(path, text);
    await expect(openManifest(path, settings)).rejects.toThrow(/^Cannot go on with [^\n]+$/);
    expect(await readFile(path, "utf8")).toBe(text);
  },
);
