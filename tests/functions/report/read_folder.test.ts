import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng } from "@unnoise/lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFolder } from "../../../functions/report/read_folder.ts";

let folder: string;
const dot = (value: number) => ({ width: 1, height: 1, channels: 1, data: new Uint8Array([value]) } as const);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
  await mkdir(join(folder, "drawn/bag"), { recursive: true });
  const text = { unnoise: JSON.stringify({ prompt: ["a coat"], seed: 1 }) };
  await writeFile(join(folder, "drawn/b.png"), encodePng(dot(2), { text }));
  await writeFile(join(folder, "drawn/bag/a.PNG"), encodePng(dot(3)));
  await writeFile(join(folder, "drawn/a.png"), encodePng(dot(1), { text: { unnoise: '{"prompt":"a bag"}' } }));
  await mkdir(join(folder, "drawn/Z"));
  await writeFile(join(folder, "drawn/Z/1.png"), encodePng(dot(0)));
  await writeFile(join(folder, "drawn/notes.txt"), "no picture");
  await mkdir(join(folder, "empty"));
  await mkdir(join(folder, "broken"));
  await writeFile(join(folder, "broken/1.png"), "no picture");
});

afterAll(() => rm(folder, { recursive: true }));

describe("readFolder", () => {
  it("reads pictures in the order of their names, with the words that they were drawn from", async () => {
    const told: number[][] = [];
    const read = await readFolder(join(folder, "drawn"), { onProgress: (...counts) => told.push(counts) });
    expect(read.map(({ name, picture, prompt }) => [name, picture.data[0], prompt])).toEqual([
      ["Z/1.png", 0, undefined],
      ["a.png", 1, "a bag"],
      ["b.png", 2, "a coat"],
      ["bag/a.PNG", 3, undefined],
    ]);
    expect(told).toEqual([[4, 4]]);
  });

  it("refuses folders that are empty or not there, and files that are no pictures", async () => {
    await expect(readFolder(join(folder, "empty"))).rejects.toThrow(/empty: found no PNG, JPEG or WebP file in it$/);
    await expect(readFolder(join(folder, "none"))).rejects.toThrow(
      /^Cannot read the folder .*there is no such folder$/,
    );
    await expect(readFolder(join(folder, "broken"))).rejects.toThrow(/^Cannot read .*1\.png: found a text, expected/);
  });

  it("stops when it is told to", async () => {
    await expect(readFolder(join(folder, "drawn"), { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
  });
});
