import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng } from "@unnoise/lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPicture } from "../../../functions/picture/read.ts";
import { execute, root, until } from "../setup.ts";

let folder: string;
let train: string;

const options = ["--count", "3", "-n", "4", "--strength", "0.5", "--seed", "10"];
const script = `${root}/functions/command/unnoise.ts`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
  train = join(folder, "train");
  for (const [k, name] of ["bag/a.png", "bag/b.png", "coat/a.png"].entries()) {
    await mkdir(join(train, name, ".."), { recursive: true });
    const data = Uint8Array.from({ length: 28 * 28 }, (_, i) => i % 28 > 4 + k && i % 28 < 24 ? 200 : 0);
    await writeFile(join(train, name), encodePng({ width: 28, height: 28, channels: 1, data }));
  }
});

afterAll(() => rm(folder, { recursive: true }));

function vary(...args: string[]) {
  return execute(script, { args: ["augment", ...args] });
}

/** Every file below a folder and its bytes. */
async function contents(path: string): Promise<Map<string, string>> {
  const names = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, "base64")));
  return new Map(paths.map((name, i) => [name.slice(path.length + 1), texts[i]!] as const).sort());
}

describe("deno task unnoise augment", () => {
  test("varies each picture under the name of its folder, and writes down how", async () => {
    const out = join(folder, "whole");
    const { code, out: said, err } = await vary("--in", train, "--out", out, ...options);
    expect({ code, err, said }).toEqual({ code: 0, err: "", said: `${out}: 9 pictures made of 3\n` });
    const [head, ...lines] = (await readFile(join(out, "manifest.jsonl"), "utf8")).trim().split("\n").map((line) => {
      return JSON.parse(line);
    });
    expect(head.settings).toMatchObject({ model: "fashion", steps: 4, strength: 0.5, seed: 10 });
    expect(lines).toHaveLength(9);
    expect(lines[4]).toEqual({ file: "bag/b-png-1.png", source: "bag/b.png", label: "bag", seed: 14, variation: 1 });
    for (const { file, source } of lines) {
      const [made, from] = [await readPicture(join(out, file)), await readPicture(join(train, source))];
      expect([made.width, made.height]).toEqual([28, 28]);
      expect(made.data).not.toEqual(from.data);
    }
    expect(new Set((await contents(out)).values()).size).toBe(10);
  });

  test("goes on where it was stopped, to the same pictures, and leaves nothing half", async () => {
    const out = join(folder, "stopped");
    const args = ["run", "--quiet", "-A", script, "augment", "--in", train, "--out", out, ...options];
    const child = new Deno.Command(Deno.execPath(), { args, cwd: root, stdout: "null", stderr: "null" }).spawn();
    const manifest = () => readFile(join(out, "manifest.jsonl"), "utf8").catch(() => "");
    await until(async () => (await manifest()).split("\n").length > 3);
    child.kill("SIGINT");
    await child.status;
    const stopped = await contents(out);
    expect([...stopped.keys()].filter((name) => name.endsWith(".part"))).toEqual([]);
    expect((await manifest()).endsWith("\n")).toBe(true);
    expect(await vary("--in", train, "--out", out, ...options)).toMatchObject({ code: 0, err: "" });
    expect(await contents(out)).toEqual(await contents(join(folder, "whole")));
    const again = await vary("--in", train, "--out", out, ...options);
    expect(again.out).toBe(`${out}: 0 pictures made of 3, 9 were there\n`);
  });

  test("makes what is missing of a picture, and no more", async () => {
    const [whole, part] = [join(folder, "whole"), join(folder, "part")];
    await cp(whole, part, { recursive: true });
    const lines = (await readFile(join(part, "manifest.jsonl"), "utf8")).split("\n");
    await writeFile(join(part, "manifest.jsonl"), [...lines.slice(0, -2), ""].join("\n"));
    await rm(join(part, "coat/a-png-2.png"));
    const { out } = await vary("--in", train, "--out", part, ...options);
    expect(out).toBe(`${part}: 1 pictures made of 3, 8 were there\n`);
    expect(await contents(part)).toEqual(await contents(whole));
  });

  test("names bad pictures at the end, and makes the others", async () => {
    const [mixed, out] = [join(folder, "mixed"), join(folder, "of-mixed")];
    await mkdir(mixed);
    await writeFile(join(mixed, "a.png"), await readFile(join(train, "bag/a.png")));
    await writeFile(join(mixed, "b.png"), "no picture");
    await writeFile(join(mixed, "notes.txt"), "not for us");
    const { code, err, out: said } = await vary("--in", mixed, "--out", out, "-p", "bag", "-c", "1", "-n", "2");
    expect(code).toBe(1);
    expect(err).toBe(`Cannot read ${join(mixed, "b.png")}: found a text, expected a PNG, JPEG or WebP picture\n`);
    expect(said).toBe(`${out}: 1 pictures made of 1\n`);
  });

  test.each<[() => string[], string]>([
    [() => ["--in", join(folder, "nowhere"), "--out", join(folder, "x")], "Cannot read the folder"],
    [() => ["--in", train, "--out", join(train, "more")], "expected a folder beside it"],
    [() => ["--in", train, "--out", train], "expected a folder beside it"],
    [() => ["--in", join(train, "bag"), "--out", join(folder, "x")], "expected --prompt, or a folder for each label"],
    [() => ["--in", train, "--out", join(folder, "x"), "-p", "hat"], 'Cannot draw "hat" with fashion'],
    [() => ["--in", train, "--out", join(folder, "whole"), ...options, "-n", "5"], "steps 4 instead of 5"],
    [() => ["--in", `${root}/lib`, "--out", join(folder, "x")], "found no PNG, JPEG or WebP file in it"],
    [() => ["--in", train], "required option '-o, --out <folder>' not specified"],
  ])("ends with a sentence, %#", async (args, message) => {
    const { code, out, err } = await vary(...args());
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(message);
    expect(err).not.toMatch(/at file:\/\/|Uncaught/);
  });
});
