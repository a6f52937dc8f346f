import { Buffer } from "node:buffer";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classToImage, decodePng, encodePng, openModel, toPictures } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { webRuntime } from "@unnoise/lib/runtime/web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appWith, execute, fashion, generate as post, root } from "../setup.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterAll(() => rm(folder, { recursive: true }));

function generate(...args: string[]) {
  return execute(`${root}/functions/command/generate.ts`, { args });
}

describe("deno task generate", () => {
  test("draws one picture, with the bytes of the endpoint and of the library", async () => {
    const out = join(folder, "boot.png");
    const args = ["--prompt", "Ankle boot", "--seed", "1", "--steps", "4", "--guidance", "3", "--scheduler", "ddim"];
    const { code, out: said, err } = await generate(...args, "--out", out);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(said).toBe(`${out}: Ankle boot (seed 1)\n`);
    const bytes = await readFile(out);

    const model = await fashion();
    const reply = await post(appWith(model), {
      prompt: "ankle boot",
      seed: 1,
      num_inference_steps: 4,
      guidance_scale: 3,
      scheduler: "ddim",
    });
    expect(Buffer.from((await reply.json()).data[0].b64_json, "base64").equals(bytes)).toBe(true);
    const run = classToImage(model, { prompts: ["ankle boot"], seeds: [1], steps: 4, guidanceScale: 3 });
    const last = (await Array.fromAsync(run)).at(-1)!;
    expect(Buffer.from(encodePng(toPictures(last.image)[0]!)).equals(bytes)).toBe(true);
    await model.release();
  });

  test("draws one of every class without a prompt, in a grid", async () => {
    const out = join(folder, "garments.png");
    const { code, out: said } = await generate(
      "--seed",
      "3",
      "--steps",
      "1",
      "--columns",
      "4",
      "--scale",
      "2",
      "--out",
      out,
    );
    expect(code).toBe(0);
    expect(said).toContain("t-shirt (seed 3), trouser (seed 4)");
    expect(said).toContain("ankle boot (seed 12)");
    const { width, height } = decodePng(await readFile(out));
    expect([width, height]).toEqual([4 * 28 * 2, 3 * 28 * 2]);
  });

  test("draws several prompts side by side, and names the seeds it drew", async () => {
    const out = join(folder, "two.png");
    const { code, out: said } = await generate("-p", "bag", "-p", "", "-n", "1", "-o", out);
    expect(code).toBe(0);
    const [, first, second] = /bag \(seed (\d+)\), no class \(seed (\d+)\)/.exec(said)!;
    expect(Number(second)).toBe(Number(first) + 1);
    expect(decodePng(await readFile(out)).width).toBe(56);
  });

  test("writes every step, in names that sort", async () => {
    const frames = join(folder, "steps");
    const args = [
      "--prompt",
      "coat",
      "--seed",
      "2",
      "--steps",
      "10",
      "--frames",
      frames,
      "--out",
      join(folder, "c.png"),
    ];
    const { code, err } = await generate(...args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const names = (await readdir(frames)).sort();
    expect(names).toHaveLength(2 * (10 + 1));
    expect([names[0], names.at(-1)]).toEqual(["00-image.png", "10-x.png"]);
    const [last, finished] = await Promise.all(
      [join(frames, "10-image.png"), join(folder, "c.png")].map((path) => readFile(path)),
    );
    expect(last!.equals(finished!)).toBe(true);
  });

  test("computes as WebAssembly on request, and comes to the same picture", async () => {
    const out = join(folder, "wasm.png");
    const args = ["--prompt", "bag", "--seed", "9", "--steps", "2", "--device", "wasm", "--out", out];
    expect(await generate(...args)).toMatchObject({ code: 0, err: "" });
    const model = await openModel(diskFolder(`${root}/models/fashion`), webRuntime());
    const frames = await Array.fromAsync(classToImage(model, { prompts: ["bag"], seeds: [9], steps: 2 }));
    expect(decodePng(await readFile(out)).data).toEqual(toPictures(frames.at(-1)!.image)[0]!.data);
    await model.release();
  });

  test("explains itself", async () => {
    const { code, out, err } = await generate("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Usage: deno task generate [options]");
    expect(out).toContain("Examples:");
    for (const option of ["prompt", "seed", "steps", "guidance", "scheduler", "out", "frames", "columns", "scale"]) {
      expect(out).toContain(`--${option}`);
    }
  });

  test.each<[args: string[], message: string]>([
    [
      ["--prompt", "boot"],
      'Cannot draw "boot" with fashion: expected one of t-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot (--prompt)',
    ],
    [["--steps", "many"], 'Cannot use --steps: found "many", expected a number'],
    [["--steps", "1000000000"], "expected a whole number from 1 to 1000 (--steps)"],
    [["--guidance", "99"], "expected a number from 0 to 30 (--guidance)"],
    [["--scheduler", "magic"], 'Cannot find scheduler "magic": expected one of '],
    [["--model", "../models/fashion"], 'Cannot find model "../models/fashion": expected fashion'],
    [
      ["--out", "/no/such/folder/boot.png"],
      "Cannot write /no/such/folder/boot.png: there is no folder /no/such/folder",
    ],
    [["--prompt", "ankle", "boot"], "too many arguments"],
    [["--prmpt", "bag"], "unknown option '--prmpt'"],
  ])("%o ends with a sentence", async (args, message) => {
    const { code, out, err } = await generate(...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(message);
    expect(err).not.toMatch(/at file:\/\/|Uncaught/);
    expect(err.trim().split("\n").length).toBeLessThanOrEqual(3);
  });
});
