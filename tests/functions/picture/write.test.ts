import { access, chmod, constants, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng } from "@unnoise/lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPicture } from "../../../functions/picture/read.ts";
import { checkPath, writePicture } from "../../../functions/picture/write.ts";

const dot = { width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3) } as const;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterAll(() => rm(folder, { recursive: true }));

test("a picture is written in the format that the name asks for, and written again", async () => {
  for (const [name, first] of [["a.png", 0x89], ["a.jpg", 0xff], ["a.WEBP", 0x52], ["a", 0x89]] as const) {
    const path = join(folder, name);
    await checkPath(path);
    await writePicture(path, { ...dot, data: Uint8Array.of(0, 0, 0) });
    await writePicture(path, dot, { settings: { seed: 1 } });
    expect((await readFile(path))[0]).toBe(first);
    expect((await readPicture(path)).settings).toEqual({ seed: 1 });
  }
  expect(await readdir(folder)).toHaveLength(4);
});

test("without settings it is lib's file", async () => {
  const path = join(folder, "plain.png");
  await writePicture(path, dot);
  expect(new Uint8Array(await readFile(path))).toEqual(encodePng(dot));
});

test.each([
  ["boot.gif", "expected a name that ends in .png, .jpg, .jpeg, .webp"],
  ["no/such/boot.png", "there is no folder no/such"],
  ["README.md/boot.png", "there is no folder README.md"],
  ["lib", "it is a folder, expected a file"],
])("%s cannot be written, and the sentence says why", async (path, reason) => {
  await expect(checkPath(path)).rejects.toThrow(new TypeError(`Cannot write ${path}: ${reason}`));
});

test("a folder that one may not write to is refused", async () => {
  const closed = join(folder, "closed");
  await mkdir(closed);
  await chmod(closed, 0o555);
  const path = join(closed, "a.png");
  // The superuser may write anywhere.
  const allowed = await access(closed, constants.W_OK).then(() => true, () => false);
  const found = await checkPath(path).then(() => undefined, (error) => error.message);
  expect(found).toBe(allowed ? undefined : `Cannot write ${path}: that is not allowed`);
});
