/**
 * Packs lib for npm: `deno pack`, and what it cannot say of itself. No module of lib does anything when it is imported, so
 * a bundler may leave out those of which nothing is used.
 *
 *     deno task pack [file]     unnoise-lib.tgz by default
 *
 * @module
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const lib = fileURLToPath(new URL("./lib", import.meta.url));
const out = resolve(process.argv[2] ?? "unnoise-lib.tgz");

const folder = await mkdtemp(join(tmpdir(), "unnoise-pack-"));
try {
  const packed = join(folder, "packed.tgz");
  await run(process.execPath, ["pack", "--allow-dirty", "-o", packed], { cwd: lib });
  await run("tar", ["-xzf", packed, "-C", folder]);
  const manifest = join(folder, "package/package.json");
  const described = { ...JSON.parse(await readFile(manifest, "utf8")), sideEffects: false };
  await writeFile(manifest, `${JSON.stringify(described, undefined, 2)}\n`);
  await run("tar", ["-czf", out, "-C", folder, "package"]);
  console.log(out);
} finally {
  await rm(folder, { recursive: true });
}
