import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodePng, encodePng } from "@unnoise/lib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPicture } from "../../../functions/picture/read.ts";
import { execute, root } from "../setup.ts";

let folder: string;
let boot: string;
let mask: string;

const quick = ["--model", "fashion", "-n", "4", "-s", "3"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
  boot = join(folder, "boot.png");
  expect((await unnoise("generate", "-p", "ankle boot", ...quick, "-o", boot)).code).toBe(0);
  mask = join(folder, "mask.png");
  const data = Uint8Array.from({ length: 56 * 56 }, (_, i) => i % 56 < 28 ? 255 : 0);
  await writeFile(mask, encodePng({ width: 56, height: 56, channels: 1, data }));
});

afterAll(() => rm(folder, { recursive: true }));

function unnoise(...args: string[]) {
  return execute(`${root}/functions/command/unnoise.ts`, { args });
}

describe("deno task unnoise", () => {
  test("names its verbs", async () => {
    const { code, out, err } = await unnoise("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const verb of ["generate", "edit", "inpaint", "stylize", "augment"]) expect(out).toContain(`\n  ${verb} `);
  });

  test.each([
    ["generate", ["prompt", "seed", "out", "like", "frames"]],
    ["edit", ["prompt", "strength", "sketch", "count", "fit", "like"]],
    ["inpaint", ["prompt", "mask", "invert", "feather", "resample", "strength", "like"]],
    ["stylize", ["prompt", "from", "strength", "rounds", "like"]],
    ["augment", ["in", "out", "count", "prompt", "strength", "seed"]],
  ])("explains %s", async (verb, options) => {
    const { code, out, err } = await unnoise(verb, "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`Usage: deno task unnoise ${verb} [options]`);
    expect(out).toContain("Examples:");
    for (const option of options) expect(out).toContain(`--${option}`);
  });

  test.each<[string[], string]>([
    [["paint"], "unknown command 'paint'"],
    [["edit"], "missing required argument 'picture'"],
    [["edit", "nowhere.png", ...quick], "Cannot read nowhere.png: there is no such file"],
    [["edit", "README.md", ...quick], "Cannot read README.md: found a text, expected a PNG, JPEG or WebP picture"],
    [["edit", "lib", ...quick], "Cannot read lib: it is a folder, expected a file"],
    [["edit", "models/fashion/classes.png", ...quick, "--fit", "crop"], "Allowed choices are cover, contain, fill"],
    [["edit", "models/fashion/classes.png", ...quick, "-n", "1"], "(--strength)"],
    [["edit", "models/fashion/classes.png", ...quick, "-p", "boot"], "(--prompt)"],
    [["inpaint", "models/fashion/classes.png", ...quick], "it has no transparent pixels, expected --mask"],
    [["stylize", "models/fashion/classes.png", ...quick], "expected what it shall be (--prompt)"],
    [["stylize", "models/fashion/classes.png", ...quick, "-p", "bag", "--from", "hat"], "(--from)"],
  ])("%o ends with a sentence", async (args, message) => {
    const { code, out, err } = await unnoise(...args, "--out", join(folder, "none.png"));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(message);
    expect(err).not.toMatch(/at file:\/\/|Uncaught/);
    expect(err.trim().split("\n").length).toBeLessThanOrEqual(3);
  });
});

describe("words, as they come", () => {
  test("ten thousand of them are too many for a command line", async () => {
    const { code, err } = await unnoise("generate", "-p", "cat ".repeat(10_000));
    expect({ code, err }).toEqual({
      code: 1,
      err: "Cannot read a command line of 40012 characters: expected 20000 or fewer; models read a few dozen words\n",
    });
  });

  test("unknown ones are named, those that do not fit in are named, and the picture is drawn", async () => {
    const out = join(folder, "words.png");
    const words = `a blorptang, flat style${", on a blue background".repeat(100)}`;
    const { code, err } = await unnoise("generate", "-p", words, "-n", "1", "-s", "1", "-o", out);
    expect(code).toBe(0);
    expect(err).toContain('The model has never seen "blorptang": it will guess\n');
    expect(err).toMatch(/The prompt is too long: "[^"]{60}…" of "a blorptang, [^"]*…" was left out\n/);
    expect(await readPicture(out)).toMatchObject({ width: 64, height: 64 });
  });

  test("none at all are nothing in particular", async () => {
    const out = join(folder, "none.png");
    expect(await unnoise("generate", "-p", "", "-n", "1", "-s", "1", "-o", out)).toMatchObject({
      code: 0,
      out: `${out}: nothing in particular (seed 1)\n`,
      err: "",
    });
  });
});

describe("a verb that changes a picture", () => {
  test.each<[string, (path: string) => string[]]>([
    ["edit", (path) => ["edit", path, "-p", "bag", "-c", "2", ...quick]],
    ["edit --sketch", (path) => ["edit", path, "-p", "bag", "--sketch", ...quick]],
    ["inpaint", (path) => ["inpaint", path, "--mask", mask, "--feather", "1", "--resample", "2", ...quick]],
    ["stylize", (path) => ["stylize", path, "--from", "ankle boot", "-p", "sneaker", "--rounds", "1", ...quick]],
  ])("is %s, whose picture its settings make again", async (name, args) => {
    const [out, again] = [join(folder, `${name}.png`), join(folder, `${name}-again.png`)];
    expect(await unnoise(...args(boot), "-o", out)).toMatchObject({ code: 0, err: "" });
    const files = name === "inpaint" ? ["--mask", mask] : [];
    const repeated = await unnoise(name.split(" ")[0]!, boot, ...files, "--like", out, "-o", again);
    expect(repeated).toMatchObject({ code: 0, err: "" });
    expect((await readFile(again)).equals(await readFile(out))).toBe(true);
    expect(decodePng(await readFile(out)).data).not.toEqual(decodePng(await readFile(boot)).data);
  });

  test("keeps what a mask does not mark", async () => {
    const out = join(folder, "half.png");
    expect(await unnoise("inpaint", boot, "--mask", mask, ...quick, "-o", out)).toMatchObject({ code: 0, err: "" });
    const [before, after] = await Promise.all([boot, out].map((path) => readPicture(path)));
    const changed = [...after!.data].map((value, i) => value !== before!.data[i] ? i % 28 : -1).filter((x) => x >= 0);
    expect(Math.max(...changed)).toBeLessThan(14);
    expect(changed.length).toBeGreaterThan(50);
  });

  test("takes a photograph as a telephone makes it", async () => {
    const photograph = join(folder, "photograph.jpg");
    const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
    await sharp({ create: { width: 1200, height: 900, channels: 3, background: "red", noise } })
      .withMetadata({ orientation: 6 }).jpeg().toFile(photograph);
    const out = join(folder, "small.webp");
    expect(await unnoise("edit", photograph, "-p", "bag", ...quick, "-o", out)).toMatchObject({ code: 0, err: "" });
    expect(await readPicture(out)).toMatchObject({ width: 28, height: 28 });
  });
});
