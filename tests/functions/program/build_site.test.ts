import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildSite } from "../../../functions/program/build_site.ts";

test("a site that cannot be built says what Astro said", async () => {
  const broken = await mkdtemp(join(tmpdir(), "unnoise-"));
  try {
    await writeFile(join(broken, "astro.config.mjs"), 'throw new Error("the config is broken");');
    const lines: string[] = [];
    await expect(buildSite(broken, { onLine: (line) => lines.push(line) })).rejects.toThrow(
      /^Cannot build the site: Astro ended with code 1\n[^]*the config is broken/,
    );
    expect(lines.join("\n")).toContain("the config is broken");
  } finally {
    await rm(broken, { recursive: true });
  }
});
