import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeWhole } from "../../../functions/program/write_whole.ts";
import { root, until } from "../setup.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("a file", () => {
  test("is written, and written again, with nothing beside it", async () => {
    const path = join(folder, "a.txt");
    for (const text of ["one", "two, longer", ""]) {
      await writeWhole(path, text);
      expect(await readFile(path, "utf8")).toBe(text);
    }
    await writeWhole(path, Uint8Array.of(1, 2));
    expect([...await readFile(path)]).toEqual([1, 2]);
    expect(await readdir(folder)).toEqual(["a.txt"]);
  });

  test("keeps its permissions, and a link stays a link", async () => {
    const [path, link] = [join(folder, "a.txt"), join(folder, "link.txt")];
    await writeFile(path, "old");
    await chmod(path, 0o640);
    await symlink(path, link);
    await writeWhole(link, "new");
    expect(await readFile(path, "utf8")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  test("may be a pipe, which stays one", async () => {
    const pipe = join(folder, "pipe");
    expect((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success).toBe(true);
    const [read] = await Promise.all([readFile(pipe, "utf8"), writeWhole(pipe, "through")]);
    expect(read).toBe("through");
    expect((await stat(pipe)).isFIFO()).toBe(true);
  });

  test("that cannot be written is a sentence, and leaves nothing", async () => {
    await expect(writeWhole(folder, "x")).rejects.toThrow(new RegExp(`^Cannot write ${folder}: [^\n]+$`));
    await expect(writeWhole(join(folder, "no", "such"), "x")).rejects.toThrow(TypeError);
    await expect(writeWhole(join(folder, "a".repeat(300)), "x")).rejects.toThrow("name too long");
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([["SIGINT", 130], ["SIGTERM", 143]] as const)("is old or new, never half, on %s", async (signal, code) => {
    const path = join(folder, "large.bin");
    await writeFile(path, "old");
    const size = 2 ** 27;
    const module = `file://${root}functions/program/write_whole.ts`;
    const program = `import { writeWhole } from "${module}"; await writeWhole(Deno.args[0], new Uint8Array(${size}));`;
    const child = new Deno.Command(Deno.execPath(), { args: ["eval", program, path] }).spawn();
    await until(async () => (await readdir(folder)).length > 1);
    child.kill(signal);
    expect((await child.status).code).toBe(code);
    expect(await readdir(folder)).toEqual(["large.bin"]);
    expect([3, size]).toContain((await stat(path)).size);
  });
});
