import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import process from "node:process";
import { fileURLToPath } from "node:url";

// Deno finds Astro's pinned version by the workspace that it is started in.
const repository = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds the site with Astro, in a process of its own.
 *
 * @throws {TypeError} when it cannot be built; the message ends with what Astro wrote
 */
export async function buildSite(
  root: string,
  { onLine }: { readonly onLine?: (line: string) => void } = {},
): Promise<void> {
  const astro = spawn(process.execPath, ["run", "-A", "npm:astro", "build", "--root", root], {
    cwd: repository,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", ASTRO_TELEMETRY_DISABLED: "1" },
  });
  const written: string[] = [];
  for (const stream of [astro.stdout, astro.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      written.push(line);
      onLine?.(line);
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  astro.on("error", reject).on("close", resolve);
  const code = await promise;
  if (code !== 0) throw new TypeError(`Cannot build the site: Astro ended with code ${code}\n${written.join("\n")}`);
}
