import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng, openModel, textToImage, toPictures } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { everyPipeline } from "../browser/page/every_pipeline.ts";
import { freshProject, root } from "./project.ts";

const model = join(root, "models/fashion");

/** What the program below prints, drawn here. */
async function drawnHere(schedulers: readonly string[]): Promise<string[]> {
  const opened = await openModel(diskFolder(model), nodeRuntime());
  const digests = [];
  for (const scheduler of schedulers) {
    for await (
      const { index, count, image } of textToImage(opened, { prompts: ["sneaker"], seeds: [3], steps: 5, scheduler })
    ) {
      if (index === count) digests.push(createHash("sha256").update(encodePng(toPictures(image)[0]!)).digest("hex"));
    }
  }
  await opened.release();
  return digests;
}

describe.each([20, 22])("the package installed by npm, in Node %d", (major) => {
  const project = freshProject(major);

  test("gives the same bytes as in Deno for the same seed, with each scheduler of the model", async () => {
    const printed = await project.node(`
      import { createHash } from "node:crypto";
      import { textToImage, encodePng, openModel, schedulersFor, toPictures } from "@unnoise/lib";
      import { diskFolder } from "@unnoise/lib/model/disk";
      import { nodeRuntime } from "@unnoise/lib/runtime/node";

      if ("Deno" in globalThis) throw new Error("This is not Node");
      console.log(process.version);
      const model = await openModel(diskFolder(${JSON.stringify(model)}), nodeRuntime());
      for (const { name: scheduler } of schedulersFor(model.schedulerConfig)) {
        const options = { prompts: ["sneaker"], seeds: [3], steps: 5, scheduler };
        for await (const { index, count, image } of textToImage(model, options)) {
          if (index !== count) continue;
          console.log(scheduler, createHash("sha256").update(encodePng(toPictures(image)[0])).digest("hex"));
        }
      }
    `);
    const [version, ...lines] = printed.split("\n");
    expect(version).toMatch(new RegExp(`^v${major}\\.`));
    const schedulers = lines.map((line) => line.split(" ")[0]!);
    expect(schedulers).toEqual(expect.arrayContaining(["ddim", "ddpm", "euler"]));
    expect(lines.map((line) => line.split(" ")[1])).toEqual(await drawnHere(schedulers));
  }, 120_000);

  test("runs every pipeline, and each gives the same numbers as in Deno", async () => {
    const source = await readFile(join(root, "tests/browser/page/every_pipeline.ts"), "utf8");
    const target = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const printed = await project.node(`
      ${ts.transpileModule(source, { compilerOptions: target }).outputText}
      import { diskFolder } from "@unnoise/lib/model/disk";
      import { nodeRuntime } from "@unnoise/lib/runtime/node";
      const folder = (name) => diskFolder(${JSON.stringify(join(root, "models"))} + "/" + name);
      const found = await everyPipeline(folder, nodeRuntime());
      console.log(JSON.stringify(found));
    `);
    const expected = await everyPipeline((name) => diskFolder(join(root, "models", name)), nodeRuntime());
    const found: typeof expected = JSON.parse(printed);
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [name, values] of Object.entries(expected)) {
      // Networks and sums are the same to the last bit; a logarithm may differ in it between two versions of V8.
      values.forEach((value, i) =>
        expect(Math.abs(found[name]![i]! - value), name).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)))
      );
    }
  }, 120_000);

  test("runs a scheduler alone, from its own door", async () => {
    const printed = await project.node(`
      import { schedulerOf, torchGenerator } from "@unnoise/lib";
      import { eulerDiscrete } from "@unnoise/lib/schedulers";
      const scheduler = schedulerOf(eulerDiscrete);
      scheduler.setTimesteps(4);
      let sample = torchGenerator(0).randn([1, 4, 8, 8]);
      for (const t of scheduler.timesteps) sample = scheduler.step(sample, t, sample).prevSample;
      console.log(sample.shape.join("×"));
    `);
    expect(printed).toBe("1×4×8×8");
  });

  test("puts a bad option in one sentence", async () => {
    const printed = await project.node(`
      import { createScheduler } from "@unnoise/lib";
      try {
        createScheduler({ _class_name: "DDIMScheduler", beta_schedule: "quadratic" });
      } catch (error) {
        console.log(error.name + ": " + error.message);
      }
    `);
    expect(printed).toMatch(/^TypeError: Cannot configure DDIMScheduler: found beta_schedule = "quadratic", expected/);
  });
});
