import { catalogue } from "@unnoise/lib";
import { describe, expect, it } from "vitest";
import { files, quoted, read, tableOf } from "./repository.ts";

const all = files();
const members = ["lib", "functions", "site", "tests"];

/** The folders directly below a path. */
function folders(below: string): string[] {
  const inside = all.filter((path) => path.startsWith(below)).map((path) => path.slice(below.length));
  return [...new Set(inside.filter((path) => path.includes("/")).map((path) => path.split("/")[0]!))].sort();
}

describe("README.md", () => {
  it("maps exactly the folders that exist", () => {
    const mapped = tableOf(read("README.md"), "folder").map(([folder]) => quoted(folder!)[0]!.replace(/\/$/, ""));
    expect(mapped.sort()).toEqual(folders("").filter((folder) => !folder.startsWith(".")));
  });

  it("lists lib's rooms on the floors that CONTRIBUTING.md gives them", () => {
    const floorsOf = (path: string) => {
      const rows = tableOf(read(path), "floor");
      return rows.flatMap(([floor, rooms]) => quoted(rooms!).map((room) => `${floor} ${room.replace("lib/", "")}`));
    };
    const rooms = floorsOf("README.md").sort();
    expect(rooms.map((line) => line.split(" ")[1]).sort()).toEqual(folders("lib/"));
    expect(floorsOf("CONTRIBUTING.md").filter((line) => !/site|functions/.test(line)).sort()).toEqual(rooms);
  });

  it("names only tasks that exist", () => {
    const { tasks } = JSON.parse(read("deno.json")) as { tasks: Record<string, unknown> };
    const named = ["README.md", "CONTRIBUTING.md", "functions/README.md", "lib/README.md"]
      .flatMap((path) => [...read(path).matchAll(/\btask (\w+)/g)].map(([, task]) => task!));
    expect(named.length).toBeGreaterThan(4);
    for (const task of named) expect(Object.keys(tasks)).toContain(task);
  });

  it("and the other documents link only to files that exist", () => {
    const broken = all.filter((path) => path.endsWith(".md")).flatMap((path) => {
      const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) => link!);
      return links.filter((link) => {
        const target = new URL(link, `file:///${path}`).pathname.slice(1).replace(/\/$/, "");
        return !all.some((file) => file === target || file.startsWith(`${target}/`));
      }).map((link) => `${path}: ${link}`);
    });
    expect(broken).toEqual([]);
  });
});

describe("lib/README.md", () => {
  it("lists every scheduler, with what it costs and its order", () => {
    const rows = catalogue.map(({ name, className, page: { evaluations, order } }) => {
      return [`\`${name}\``, `\`${className}\``, String(evaluations), String(order)];
    });
    expect(tableOf(read("lib/README.md"), "name").sort()).toEqual(rows.sort());
  });
});

describe("CONTRIBUTING.md", () => {
  const dependencies = members.flatMap((member) => {
    const { imports = {} } = JSON.parse(read(`${member}/deno.json`)) as { imports?: Record<string, string> };
    return Object.entries(imports).filter(([, target]) => /^(npm|jsr):/.test(target)).map(([, target]) => {
      return /^(?:npm|jsr):\/?((?:@[^/]+\/)?[^@/]+)/.exec(target)![1]!;
    });
  }).filter((name) => !name.startsWith("@types/"));

  it("says of every dependency why it is there, and of no other", () => {
    const explained = tableOf(read("CONTRIBUTING.md"), "package");
    expect(explained.flatMap(([name]) => name!.replaceAll("`", "").split(/[,·]\s*/).map((word) => word.trim())).sort())
      .toEqual([...new Set(dependencies)].sort());
    for (const [name, why] of explained) expect(why!.length, name).toBeGreaterThan(10);
  });
});

describe("every dependency", () => {
  it("is pinned to one version", () => {
    for (const member of members) {
      const { imports = {} } = JSON.parse(read(`${member}/deno.json`)) as { imports?: Record<string, string> };
      for (const target of Object.values(imports).filter((target) => /^(npm|jsr):/.test(target))) {
        expect(target).toMatch(/^(npm|jsr):\/?(@[^/]+\/)?[^@/]+@\d+\.\d+\.\d+$/);
      }
    }
  });

  it("has the same version in every member", () => {
    const versions = new Map<string, Set<string>>();
    for (const member of members) {
      const { imports = {} } = JSON.parse(read(`${member}/deno.json`)) as { imports?: Record<string, string> };
      for (const [name, target] of Object.entries(imports)) {
        versions.set(name, (versions.get(name) ?? new Set()).add(target));
      }
    }
    expect([...versions].filter(([, targets]) => targets.size > 1)).toEqual([]);
  });
});
