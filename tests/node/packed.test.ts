import { createHash } from "node:crypto";
import { join } from "node:path";
import { encodePng, openModel, textToImage, toPictures } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { describe, expect, test } from "vitest";
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
