import { describe, expect, it } from "vitest";
import { files, read } from "./repository.ts";

const all = files();

describe("tests/lib", () => {
  it("has a test for every file of lib, and no other", () => {
    // The rows of the catalogue are tested by the goldens, which tests/goldens counts.
    const sources = all.filter((path) => /^lib\/.*\.ts$/.test(path) && !path.startsWith("lib/scheduler/rows/"));
    const tests = all.filter((path) => /^tests\/lib\/.*\.test\.ts$/.test(path));
    expect(sources.length).toBeGreaterThan(30);
    expect(tests.sort()).toEqual(sources.map((path) => `tests/${path.replace(/\.ts$/, ".test.ts")}`).sort());
  });

  it("tests the file of its name", () => {
    for (const test of all.filter((path) => /^tests\/lib\/.*\.test\.ts$/.test(path))) {
      const source = test.replace(/^tests\//, "").replace(/\.test\.ts$/, ".ts");
      expect(read(test), test).toMatch(new RegExp(`from "(\\.\\./)+${source}"`));
    }
  });
});

describe("every test", () => {
  it("asserts something", () => {
    const silent = all.filter((path) => /^tests\/.*\.test\.ts$/.test(path) && !/\bexpect/.test(read(path)));
    expect(silent).toEqual([]);
  });

  it("runs in Deno", () => {
    expect(Deno.version.deno).toMatch(/^2\./);
  });
});
