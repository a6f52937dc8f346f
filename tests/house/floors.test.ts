import { dirname, join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { files, importsOf, quoted, read, tableOf } from "./repository.ts";

/** Each room's floor, as CONTRIBUTING.md has it. */
const floors = new Map(
  tableOf(read("CONTRIBUTING.md"), "floor").flatMap(([floor, rooms]) => {
    return quoted(rooms!).map((room) => [room.replace(/\/$/, ""), Number(floor)] as const);
  }),
);

const sources = files().filter((path) => /^(lib|functions|site)\/.*\.(ts|astro|mdx|mjs)$/.test(path));

/** The room of a path: a folder of lib, or the whole of functions or site. */
function roomOf(path: string): string {
  const [top, room] = path.split("/");
  return top === "lib" && path.split("/").length > 2 ? `${top}/${room}` : top!;
}

/** The path that an import of ours leads to, or nothing for a package. */
function target(from: string, name: string): string | undefined {
  if (name.startsWith(".")) return join(dirname(from), name);
  if (name === "@unnoise/lib") return "lib/mod.ts";
  const [, path] = /^@unnoise\/(.+)$/.exec(name) ?? [];
  return path === undefined ? undefined : (path.startsWith("lib/") ? `${path}.ts` : path);
}

const imports = sources.flatMap((from) => {
  return importsOf(read(from)).map((name) => ({ from, name, to: target(from, name) }));
});

const doors = ["lib/runtime/node.ts", "lib/runtime/web.ts", "lib/model/disk.ts"];

/** Everything that these files import, and what that imports, and so on. */
function reachedFrom(starts: readonly string[]): Set<string> {
  const reached = new Set(starts);
  for (const path of reached) {
    for (const { from, to } of imports) {
      if (from === path && to !== undefined) reached.add(to);
    }
  }
  return reached;
}

describe("the floors", () => {
  it("are known for every room that there is", () => {
    const rooms = new Set(sources.filter((path) => path !== "lib/mod.ts").map(roomOf));
    expect([...floors.keys()].sort()).toEqual([...rooms].sort());
  });

  it("are read from import lines, not from comments", () => {
    const source =
      'import { a } from "./a.ts";\n/**\n * import "./doc.ts"\n */\nexport * from "b";\nawait import("./c.ts");\n// import "d"';
    expect(importsOf(source)).toEqual(["./a.ts", "b", "./c.ts"]);
    expect(imports.length).toBeGreaterThan(100);
  });

  it("are only walked down: no import goes up, or sideways into another room", () => {
    const wrong = imports.filter(({ from, to }) => {
      if (to === undefined || from === "lib/mod.ts") return false;
      const [here, there] = [roomOf(from), to === "lib/mod.ts" ? "lib/pipeline" : roomOf(to)];
      return here !== there && !(floors.get(there)! < floors.get(here)!);
    });
    expect(wrong.map(({ from, name }) => `${from} imports ${name}`)).toEqual([]);
  });

  it("are not mixed up by lib's own table of contents", () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith("lib/") && to === "lib/mod.ts");
    expect(wrong).toEqual([]);
  });
});

describe("the native module", () => {
  it("is imported by lib/runtime/node.ts alone", () => {
    const importers = imports.filter(({ name }) => name.startsWith("onnxruntime-node")).map(({ from }) => from);
    expect(importers).toEqual(["lib/runtime/node.ts"]);
  });

  it("is out of reach from lib/mod.ts, and so are the other runtime and the disk", () => {
    const reached = reachedFrom(["lib/mod.ts"]);
    expect(reached.size).toBeGreaterThan(30);
    for (const path of doors) expect(reached).not.toContain(path);
  });

  it("is out of reach from what a page loads", () => {
    const pages = sources.filter((path) => path.endsWith(".astro"));
    const scripts = pages.flatMap((from) => {
      const blocks = [...read(from).matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, block]) => block!);
      return blocks.flatMap(importsOf).flatMap((name) => target(from, name) ?? []);
    });
    const reached = reachedFrom([...scripts, "site/src/engine/client.ts", "site/src/engine/worker.ts"]);
    expect(reached.has("lib/runtime/web.ts")).toBe(true);
    for (const path of ["lib/runtime/node.ts", "lib/model/disk.ts"]) expect(reached).not.toContain(path);
    expect(imports.filter(({ from, name }) => reached.has(from) && name.startsWith("node:"))).toEqual([]);
  });
});

describe("lib", () => {
  it("knows nothing of HTTP servers or pages", () => {
    const wrong = imports.filter(({ from, name }) => from.startsWith("lib/") && /hono|astro|functions|site/.test(name));
    expect(wrong).toEqual([]);
  });

  it("touches the file system in model/disk.ts alone", () => {
    const importers = imports.filter(({ from, name }) => from.startsWith("lib/") && name.startsWith("node:"));
    expect(new Set(importers.map(({ from }) => from))).toEqual(new Set(["lib/model/disk.ts"]));
    const users = sources.filter((path) => path.startsWith("lib/") && /^(?!\s*(\*|\/\/)).*\bDeno\./m.test(read(path)));
    expect(users).toEqual([]);
  });
});

describe("models", () => {
  it("are data: imported by nobody", () => {
    expect(imports.filter(({ to }) => to?.startsWith("models/"))).toEqual([]);
  });
});
