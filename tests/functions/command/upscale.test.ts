import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Picture } from "@unnoise/lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPicture } from "../../../functions/picture/read.ts";
import { writePicture } from "../../../functions/picture/write.ts";
import { execute, root } from "../setup.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterAll(() => rm(folder, { recursive: true }));

function unnoise(...args: string[]) {
  return execute(`${root}/functions/command/unnoise.ts`, { args: ["upscale", ...args] });
}

async function picture(name: string, size: Pick<Picture, "width" | "height" | "channels">): Promise<string> {
  const { width, height, channels } = size;
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7) % 256);
  const path = join(folder, name);
  await writePicture(path, { width, height, channels, data });
  return path;
}

describe("deno task unnoise upscale", () => {
  test("explains itself", async () => {
    const { code, out } = await unnoise("--help");
    expect(code).toBe(0);
    for (const option of ["seed", "steps", "tile", "overlap", "frames", "like"]) expect(out).toContain(`--${option}`);
  });

  test("makes a picture four times as wide and as high, which its settings make again", async () => {
    const small = await picture("small.png", { width: 18, height: 11, channels: 3 });
    const [out, again, steps] = ["large.png", "again.png", "steps"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const run = await unnoise(small, "-n", "2", "-s", "5", "--tile", "16", "--frames", steps, "-o", out);
    expect(run).toEqual({ code: 0, err: "", out: `${out}: ${small}, 18×11 pixels enlarged (seed 5)\n` });
    expect(await readPicture(out)).toMatchObject({
      width: 72,
      height: 44,
      channels: 3,
      settings: { command: "upscale", seed: 5, steps: 2, tile: 16, model: "emoji-upscaler" },
    });
    expect((await readdir(steps)).sort()).toEqual(
      ["0", "1", "2"].flatMap((step) => [`${step}-image.png`, `${step}-x.png`]),
    );
    expect(await unnoise(small, "--like", out, "-o", again)).toMatchObject({ code: 0, err: "" });
    expect((await readFile(again)).equals(await readFile(out))).toBe(true);
  });

  test("keeps a grey picture grey, and enlarges a single pixel", async () => {
    const grey = await picture("grey.png", { width: 1, height: 1, channels: 1 });
    const out = join(folder, "grey-large.png");
    expect(await unnoise(grey, "-n", "1", "-o", out)).toMatchObject({ code: 0, err: "" });
    expect(await readPicture(out)).toMatchObject({ width: 4, height: 4, channels: 1 });
  });

  test("refuses what it cannot do in a sentence, and writes nothing", async () => {
    const small = await picture("fine.png", { width: 16, height: 16, channels: 3 });
    const large = await picture("too-large.png", { width: 1200, height: 1000, channels: 1 });
    const cases: [string[], string][] = [
      [[large], "found 1200×1000 pixels, expected at most 1048576 in all"],
      [["nowhere.png"], "Cannot read nowhere.png: there is no such file"],
      [[small, "--tile", "17"], "expected a multiple of 2 from 16 on (--tile)"],
      [[small, "--steps", "0"], "(--steps)"],
      [[small, "--model", "fashion"], 'Cannot find model "fashion": expected emoji-upscaler'],
    ];
    const none = join(folder, "none.png");
    for (const [args, message] of cases) {
      const { code, out, err } = await unnoise(...args, "--out", none);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toContain(message);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
    expect(await readdir(folder)).not.toContain("none.png");
  });
});
