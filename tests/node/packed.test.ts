import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { classToImage, encodePng, openModel, toPictures } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const lib = join(root, "lib");
const model = join(root, "models/fashion");
const exec = promisify(execFile);
let folder: string;

/** The package as Node's users get it: packed for npm, unpacked beside its dependencies. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unnoise-"));
  const scope = join(folder, "node_modules/@unnoise");
  await mkdir(scope, { recursive: true });
  await exec(process.execPath, ["pack", "--allow-dirty", "-o", join(folder, "lib.tgz")], { cwd: lib });
  await exec("tar", ["-xzf", join(folder, "lib.tgz"), "-C", scope]);
  await rename(join(scope, "package"), join(scope, "lib"));
  for (const name of ["fast-png", "onnxruntime-node", "onnxruntime-web", "zod"]) {
    await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function inNode(program: string): Promise<string> {
  const file = join(folder, "program.mjs");
  await writeFile(file, program);
  const { stdout } = await exec("node", [file], { cwd: folder, env: { PATH: process.env["PATH"] } }).catch((error) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error("Cannot test the package in Node: found no `node` on the PATH, expected version 20 or newer");
  });
  return stdout.trim();
}

test.each(["ddim", "ddpm", "euler"])(
  "the same seed gives the same bytes in Node and Deno with %s",
  async (scheduler) => {
    const found = await inNode(`
    import { createHash } from "node:crypto";
    import { classToImage, encodePng, openModel, toPictures } from "@unnoise/lib";
    import { diskFolder } from "@unnoise/lib/model/disk";
    import { nodeRuntime } from "@unnoise/lib/runtime/node";

    if ("Deno" in globalThis) throw new Error("This is not Node");
    const model = await openModel(diskFolder(${JSON.stringify(model)}), nodeRuntime());
    const options = { prompts: ["sneaker"], seeds: [3], steps: 5, scheduler: ${JSON.stringify(scheduler)} };
    for await (const { index, count, image } of classToImage(model, options)) {
      if (index === count) console.log(createHash("sha256").update(encodePng(toPictures(image)[0])).digest("hex"));
    }
  `);

    const opened = await openModel(diskFolder(model), nodeRuntime());
    let expected = "";
    for await (
      const { index, count, image } of classToImage(opened, { prompts: ["sneaker"], seeds: [3], steps: 5, scheduler })
    ) {
      if (index === count) expected = createHash("sha256").update(encodePng(toPictures(image)[0]!)).digest("hex");
    }
    await opened.release();
    expect(found).toBe(expected);
  },
);

test("a bad option is one sentence in Node, too", async () => {
  const found = await inNode(`
    import { createScheduler } from "@unnoise/lib";
    try {
      createScheduler({ _class_name: "DDIMScheduler", beta_schedule: "quadratic" });
    } catch (error) {
      console.log(error.name + ": " + error.message);
    }
  `);
  expect(found).toMatch(/^TypeError: Cannot configure DDIMScheduler: beta_schedule is "quadratic"/);
});
