import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Picture, torchGenerator } from "@unnoise/lib";
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
  return execute(`${root}/functions/command/unnoise.ts`, { args: ["denoise", ...args] });
}

/** One colour with noise of σ = 25. */
async function grainy(name: string, size: Pick<Picture, "width" | "height" | "channels">): Promise<string> {
  const { width, height, channels } = size;
  const noise = torchGenerator(1).randn([height, width, channels]).data;
  const path = join(folder, name);
  await writePicture(path, {
    ...size,
    data: new Uint8Array(Uint8ClampedArray.from(noise, (value) => 120 + 25 * value)),
  });
  return path;
}

function deviation({ data }: Picture): number {
  return Math.sqrt(data.reduce((sum, value) => sum + (value - 120) ** 2, 0) / data.length);
}

describe("deno task unnoise denoise", () => {
  test("explains itself", async () => {
    const { code, out } = await unnoise("--help");
    expect(code).toBe(0);
    for (const option of ["out", "quality", "model", "device"]) expect(out).toContain(`--${option}`);
  });

  test.each([1, 3] as const)("takes the noise out of a picture of %i channels, of any size", async (channels) => {
    const noisy = await grainy(`noisy${channels}.png`, { width: 300, height: 170, channels });
    const out = join(folder, `clean${channels}.png`);
    expect(await unnoise(noisy, "-o", out)).toEqual({ code: 0, err: "", out: `${out}: ${noisy} without noise\n` });
    const clean = await readPicture(out);
    expect(clean).toMatchObject({ width: 300, height: 170, channels, settings: { command: "denoise" } });
    expect(deviation(await readPicture(noisy))).toBeGreaterThan(24);
    expect(deviation(clean)).toBeLessThan(channels === 1 ? 14 : 12);
  });

  test.each([
    [["nowhere.png"], "Cannot read nowhere.png: there is no such file"],
    [["README.md"], "Cannot read README.md: found a text, expected a PNG, JPEG or WebP picture"],
    [["models/fashion/classes.png", "--model", "emoji-upscaler"], "expected conv-denoiser"],
  ])("%o ends with a sentence", async (args, message) => {
    const { code, out, err } = await unnoise(...args, "--out", join(folder, "none.png"));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(message);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});
