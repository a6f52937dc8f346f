import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng, finished, type Picture, textToImage, toPictures } from "@unnoise/lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute, fashion, root } from "../setup.ts";

let folder: string;
const classes = ["coat", "bag", "ankle boot"];
const EACH = 4;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
  const model = await fashion();
  const prompts = classes.flatMap((name) => Array<string>(EACH).fill(name));
  for (const [set, first] of [["drawn", 0], ["real", 500]] as const) {
    const seeds = prompts.map((_, i) => first + i);
    const pictures = toPictures(await finished(textToImage(model, { prompts, seeds, steps: 10 })));
    for (const [i, picture] of pictures.entries()) await write(`${set}/${prompts[i]}/${i % EACH}.png`, picture);
  }
  await model.release();
  await write("small/1.png", { width: 4, height: 4, channels: 1, data: new Uint8Array(16) });
  await write("single/coat.png", { width: 28, height: 28, channels: 1, data: new Uint8Array(784) });
  await mkdir(join(folder, "empty"));
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

async function write(path: string, picture: Picture) {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), encodePng(picture));
}

function evaluate(...args: string[]) {
  return execute(`${root}/functions/command/unnoise.ts`, {
    args: ["evaluate", ...args.map((arg) => arg.startsWith("@") ? join(folder, arg.slice(1)) : arg)],
  });
}

describe("deno task evaluate", () => {
  test("writes a report of folders, judged by the Fashion judge", async () => {
    const { code, out, err } = await evaluate(
      ...[
        "--generated",
        "@drawn",
        "--real",
        "@real",
        "--judge",
        "fashion",
        "--training",
        "@real",
        "--out",
        "@report.html",
      ],
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const said = out.replaceAll("\u00a0", " ");
    expect(said).toContain("12 generated and 12 real pictures");
    expect(said).toMatch(/logits: (100|9\d(\.\d)?) % judged to be what was asked for/);
    expect(said).toContain("Note: 12 of 12 real pictures stand in the training set, too");
    const page = await readFile(join(folder, "report.html"), "utf8");
    expect(/^<!doctype html>[^]*ankle boot[^]*<\/html>\n$/.test(page)).toBe(true);
  });

  test("compares pairs of the same name", async () => {
    const args = ["--generated", "@drawn/coat", "--real", "@real/coat", "--pairs", "--out", "@pairs.html"];
    const { code, out } = await evaluate(...args);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/4 generated and 4 real pictures\nPSNR [\d.]+ dB, SSIM [\d.]+\n$/),
    ]);
  });

  test.each([
    [
      ["--generated", "@empty", "--real", "@real"],
      /^Cannot evaluate .*empty: found no PNG, JPEG or WebP file in it\n$/,
    ],
    [["--generated", "@drawn", "--real", "@none"], /^Cannot read the folder .*none: there is no such folder\n$/],
    [
      ["--generated", "@drawn", "--real", "@small", "--judge", "fashion"],
      /^Cannot compare .*small\/1\.png of 4×4 pixels with .*drawn\/ankle boot\/0\.png of 28×28: expected pictures of one size\n$/,
    ],
    [
      ["--generated", "@small", "--real", "@small", "--judge", "fashion"],
      /^Cannot judge pictures of shape \[1,4,4\]: the judge takes \[1,28,28\] \(--judge\)\n$/,
    ],
    [
      ["--generated", "@single", "--real", "@real", "--judge", "fashion"],
      /^Cannot compare sets of pictures: found 1 generated picture, expected at least 2 \(--generated\)\n$/,
    ],
    [
      ["--generated", "@drawn", "--real", "@real"],
      /^Cannot evaluate pictures: found nothing to measure, expected a judge, pairs or training pictures \(--judge\)\n$/,
    ],
    [
      ["--generated", "@drawn", "--real", "@real", "--judge", "hats"],
      /^Cannot find judge "hats": expected .*fashion\n$/,
    ],
    [
      ["--generated", "@drawn", "--real", "@single", "--pairs"],
      /^Cannot pair .*drawn\/ankle boot\/0\.png: found no picture of its name in .*single, expected one \(--pairs\)\n$/,
    ],
    [
      ["--generated", "@drawn", "--real", "@real", "--out", "@report.png"],
      /^Cannot write .*report\.png: expected a name that ends in \.html\n$/,
    ],
    [
      ["--generated", "@drawn", "--real", "@real", "--out", "@none/report.html"],
      /^Cannot write .*: there is no folder .*none\n$/,
    ],
  ])("refuses %j in a sentence", async (args, message) => {
    const before = await readdir(folder);
    const { code, out, err } = await evaluate(...(args.includes("--out") ? args : [...args, "--out", "@refused.html"]));
    expect([code, out, err]).toEqual([1, "", expect.stringMatching(message)]);
    expect(await readdir(folder)).toEqual(before);
  });
});
