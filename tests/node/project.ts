import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "vitest";

const exec = promisify(execFile);
const dependencies = [
  "@huggingface/tokenizers",
  "fast-png",
  "ml-matrix",
  "onnxruntime-node",
  "onnxruntime-web",
  "zod",
];

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A fresh project with lib as Node's users get it: packed for npm, and installed by npm. */
export type Project = {
  /** Where it is. */
  readonly folder: string;
  /** Runs a module in Node and gives what it printed. */
  readonly node: (program: string) => Promise<string>;
};

/**
 * A fresh project for the tests of one file.
 *
 * @param major the version of Node, taken from the PATH when it is that one, and from npm's package `node` otherwise
 */
export function freshProject(major?: number): Project {
  let folder: string;
  let node = "node";

  beforeAll(async () => {
    if (major !== undefined) node = await nodeOf(major);
    folder = await mkdtemp(join(tmpdir(), "unnoise-"));
    await exec(process.execPath, ["run", "-A", join(root, "pack.ts"), join(folder, "lib.tgz")]);
    // Installed from this repository's node_modules: the registry has no say in a test.
    const linked = dependencies.map((name) => [name, `file:${join(root, "node_modules", name)}`]);
    const manifest = {
      name: "fresh",
      private: true,
      type: "module",
      dependencies: { "@unnoise/lib": "file:lib.tgz", ...Object.fromEntries(linked) },
      overrides: Object.fromEntries(dependencies.map((name) => [name, `$${name}`])),
    };
    await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
    await exec("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: folder,
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}` },
    });
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  return {
    get folder() {
      return folder;
    },
    async node(program) {
      await writeFile(join(folder, "program.mjs"), program);
      const env = { PATH: process.env["PATH"] };
      const { stdout } = await exec(node, ["program.mjs"], { cwd: folder, env, maxBuffer: 2 ** 24 });
      return stdout.trim();
    },
  };
}

async function nodeOf(major: number): Promise<string> {
  const where = ["-p", "process.version + ' ' + process.execPath"];
  const here = await exec("node", where).then(({ stdout }) => stdout, () => "");
  const found = here.startsWith(`v${major}.`) ? here : await exec("npx", ["-y", `node@${major}`, ...where]).then(
    ({ stdout }) => stdout,
    (cause) => {
      throw new Error(`Cannot test in Node ${major}: neither the PATH has it nor npm can get it, expected one`, {
        cause,
      });
    },
  );
  return found.trim().split(" ").slice(1).join(" ");
}
