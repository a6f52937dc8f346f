import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";
import ClosingLine from "./reporter.ts";

const lib: string = fileURLToPath(new URL("../lib", import.meta.url));

const config: ViteUserConfig = {
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: {
    // Vite does not read Deno's workspace: these lines say the same.
    alias: [
      { find: /^@unnoise\/lib$/, replacement: `${lib}/mod.ts` },
      { find: /^@unnoise\/lib\/schedulers$/, replacement: `${lib}/scheduler/rows/mod.ts` },
      { find: /^@unnoise\/lib\/(.*)$/, replacement: `${lib}/$1.ts` },
    ],
  },
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    // Native add-ons and WebAssembly heaps are kept apart by a process a file.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: ["default", new ClosingLine()],
  },
};

export default config;
