import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { freshProject, root } from "./project.ts";

const project = freshProject();
const tsc = join(root, "node_modules/typescript/bin/tsc");

/** What TypeScript's own compiler, as strict as it goes, has to say of a program that uses the package. */
async function complaints(program: string): Promise<string> {
  await writeFile(join(project.folder, "consumer.ts"), program);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: "esnext",
    module: "nodenext",
    lib: ["esnext", "dom"],
    types: [],
  };
  await writeFile(join(project.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
  const { stdout } = await promisify(execFile)("node", [tsc], { cwd: project.folder })
    .catch((error: { stdout: string }) => error);
  return stdout;
}

test("a program in TypeScript gets the right types", async () => {
  expect(
    await complaints(`
      import { textToImage, createScheduler, type Frame, openModel, schedulerOf, type Tensor, torchGenerator } from "@unnoise/lib";
      import { diskFolder } from "@unnoise/lib/model/disk";
      import { nodeRuntime } from "@unnoise/lib/runtime/node";
      import { webRuntime } from "@unnoise/lib/runtime/web";
      import { ddim } from "@unnoise/lib/schedulers";

      const model = await openModel(diskFolder("models/fashion"), Math.random() < 2 ? nodeRuntime() : webRuntime());
      for await (const frame of textToImage(model, { prompts: ["bag"], seeds: [1] })) {
        const { index, image }: Frame = frame;
        const left: number = frame.count - index + image.data.length;
        console.log(left);
      }
      const scheduler = schedulerOf(ddim, { timestep_spacing: "trailing" });
      scheduler.setTimesteps({ count: 4 });
      let sample: Tensor = torchGenerator(0).randn([1, 4, 8, 8]);
      for (const t of scheduler.timesteps) {
        sample = scheduler.step(sample, t, sample, { eta: 0.5, generator: torchGenerator(1) }).prevSample;
      }
      createScheduler({ _class_name: "DDIMScheduler" });
    `),
  ).toBe("");
}, 60_000);

test("and is told where it goes wrong", async () => {
  const said = await complaints(`
    import { createScheduler } from "@unnoise/lib";
    createScheduler({ beta_end: 0.02 });
    createScheduler({ _class_name: "DDIMScheduler" }).step("noise", 0, "sample");
  `);
  expect(said).toMatch(/_class_name/);
  expect(said).toMatch(/'string' is not assignable to parameter of type 'Tensor'/);
}, 60_000);
