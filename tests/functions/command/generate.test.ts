import { Buffer } from "node:buffer";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodePng, encodePng, openModel, textToImage, toPictures } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { webRuntime } from "@unnoise/lib/runtime/web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPicture } from "../../../functions/picture/read.ts";
import { appWith, execute, fashion, generate as post, root, until } from "../setup.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
});

afterAll(() => rm(folder, { recursive: true }));

function generate(...args: string[]) {
  return execute(`${root}/functions/command/unnoise.ts`, { args: ["generate", ...args] });
}

function garments(...args: string[]) {
  return generate("--model", "fashion", ...args);
}

describe("deno task generate", () => {
  test("draws one picture, with the bytes of the endpoint and of the library", async () => {
    const out = join(folder, "boot.png");
    const args = ["--prompt", "Ankle boot", "--seed", "1", "--steps", "4", "--guidance", "3", "--scheduler", "ddim"];
    const { code, out: said, err } = await garments(...args, "--no-settings", "--out", out);
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
    const run = textToImage(model, { prompts: ["ankle boot"], seeds: [1], steps: 4, guidanceScale: 3 });
    const last = (await Array.fromAsync(run)).at(-1)!;
    expect(Buffer.from(encodePng(toPictures(last.image)[0]!)).equals(bytes)).toBe(true);
    await model.release();
  });

  test("draws one of every class without a prompt, in a grid", async () => {
    const out = join(folder, "garments.png");
    const { code, out: said } = await garments(
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
    const { code, out: said } = await garments("-p", "bag", "-p", "", "-n", "1", "-o", out);
    expect(code).toBe(0);
    const [, first, second] = /bag \(seed (\d+)\), nothing in particular \(seed (\d+)\)/.exec(said)!;
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
      [join(frames, "10-image.png"), join(folder, "c.png")].map((path) => readPicture(path)),
    );
    expect(last!.data).toEqual(finished!.data);
  });

  test("computes as WebAssembly on request, and comes to the same picture", async () => {
    const out = join(folder, "wasm.png");
    const args = ["--prompt", "bag", "--seed", "9", "--steps", "2", "--device", "wasm", "--out", out];
    expect(await garments(...args)).toMatchObject({ code: 0, err: "" });
    const model = await openModel(diskFolder(`${root}/models/fashion`), webRuntime());
    const frames = await Array.fromAsync(textToImage(model, { prompts: ["bag"], seeds: [9], steps: 2 }));
    expect(decodePng(await readFile(out)).data).toEqual(toPictures(frames.at(-1)!.image)[0]!.data);
    await model.release();
  });

  test.each(["png", "jpg", "webp"])("makes the same picture again from its settings alone, %s", async (ending) => {
    const [out, again, other] = ["first", "again", "other"].map((name) => join(folder, `${name}.${ending}`));
    const args = ["-p", "bag", "-p", "dress", "-n", "2", "-g", "3", "--scheduler", "euler_ancestral", "--scale", "2"];
    expect(await generate(...args, "--out", out!)).toMatchObject({ code: 0, err: "" });
    expect(await generate("--like", out!, "--out", again!)).toMatchObject({ code: 0, err: "" });
    expect((await readFile(again!)).equals(await readFile(out!))).toBe(true);
    expect(await generate("--like", out!, "--guidance", "1", "--out", other!)).toMatchObject({ code: 0, err: "" });
    const [before, after] = await Promise.all([out, other].map((path) => readPicture(path!)));
    expect(after!.settings).toEqual({ ...before!.settings, guidance: 1 });
    expect(after!.data).not.toEqual(before!.data);
  });

  test("says nothing of its settings on demand", async () => {
    const out = join(folder, "secret.webp");
    expect(await generate("-p", "bag", "-n", "1", "--no-settings", "--out", out)).toMatchObject({ code: 0 });
    expect(await readPicture(out)).not.toHaveProperty("settings");
  });

  test("leaves nothing behind when it is stopped", async () => {
    const place = join(folder, "stopped");
    await mkdir(place);
    const args = ["run", "--quiet", "-A", "functions/command/unnoise.ts", "generate", "-p", "a cat", "-n", "1000"];
    const frames = join(place, "steps");
    const child = new Deno.Command(Deno.execPath(), {
      args: [...args, "--out", join(place, "a.png"), "--frames", frames],
      cwd: root,
      stdout: "null",
      stderr: "null",
    }).spawn();
    await until(async () => (await readdir(frames).catch(() => [])).length > 20);
    child.kill("SIGINT");
    expect((await child.status).success).toBe(false);
    expect(await readdir(place)).toEqual(["steps"]);
    for (const name of await readdir(frames)) {
      expect((await readPicture(join(frames, name))).width).toBe(name.endsWith("-x.png") ? 16 : 64);
    }
  });

  test("explains itself", async () => {
    const { code, out, err } = await generate("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Usage: deno task unnoise generate [options]");
    expect(out).toMatch(/Schedulers: ddim, .*euler/);
    expect(out).toContain("Examples:");
    for (
      const option of ["prompt", "seed", "steps", "guidance", "scheduler", "out", "frames", "columns", "scale", "like"]
    ) {
      expect(out).toContain(`--${option}`);
    }
  });

  test.each<[args: string[], message: string]>([
    [
      ["--prompt", "boot", "--model", "fashion"],
      'Cannot draw "boot" with fashion: expected one of t-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot (--prompt)',
    ],
    [["--steps", "many"], 'Cannot use --steps: found "many", expected a number'],
    [["--prompt", "a cat", "--steps", "1000000000"], "expected a whole number from 1 to 1000 (--steps)"],
    [["--prompt", "a cat", "--guidance", "99"], "expected a number from 0 to 30 (--guidance)"],
    [["--prompt", "a cat", "--scheduler", "magic"], 'Cannot find scheduler "magic": expected one of '],
    [["--model", "../models/fashion"], 'Cannot find model "../models/fashion": expected emoji or fashion'],
    [[], "Cannot draw with emoji without words: expected what to draw (--prompt)"],
    [
      ["--out", "/no/such/folder/boot.png"],
      "Cannot write /no/such/folder/boot.png: there is no folder /no/such/folder",
    ],
    [["--out", "boot.gif"], "Cannot write boot.gif: expected a name that ends in .png, .jpg, .jpeg, .webp"],
    [["--like", "nowhere.png"], "Cannot read nowhere.png: there is no such file"],
    [
      ["--like", "models/fashion/classes.png"],
      "Cannot take settings from models/fashion/classes.png: found none, expected a picture that was made here",
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
