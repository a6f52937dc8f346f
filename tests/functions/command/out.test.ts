import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkOut, writeOut } from "../../../functions/command/out.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterAll(() => rm(folder, { recursive: true }));

test("a file in a folder that is there can be written, and written again", async () => {
  const path = join(folder, "picture.png");
  for (const bytes of [new Uint8Array([1]), new Uint8Array([2, 3])]) {
    await checkOut(path);
    await writeOut(path, bytes);
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
  }
});

test.each([
  ["boot.jpg", "pictures are written as PNG, expected a name that ends in .png"],
  ["no/such/boot.png", "there is no folder no/such"],
  ["lib", "it is a folder, expected a file"],
])("%s cannot be written, and the sentence says why", async (path, reason) => {
  await expect(checkOut(path)).rejects.toThrow(new TypeError(`Cannot write ${path}: ${reason}`));
});

test("what fails in the writing is a sentence, too", async () => {
  await expect(writeOut(folder, new Uint8Array(1))).rejects.toThrow(`Cannot write ${folder}: `);
});
