import { describe, expect, it } from "vitest";
import { files, read, root } from "./repository.ts";

const all = files();
const texts = all.filter((path) => /\.(ts|mjs|js|astro|mdx|md|py|sh|ya?ml|css)$/.test(path) || path === ".ci/run");
const code = all.filter((path) => /\.(ts|mjs|js|astro)$/.test(path));

/** The lines that match, each with its place. Patterns are put together here so that they do not match themselves. */
function places(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) => {
    const lines = read(path).split("\n");
    return lines.flatMap((line, i) => pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : []);
  });
}

describe("names of files and folders", () => {
  it.each(["utils", "helpers", "common", "base", "manager"])("do without %s", (word) => {
    const pattern = new RegExp(`(^|[/._-])${word.replace(/s$/, "")}s?([/._-]|$)`, "i");
    expect(all.filter((path) => pattern.test(path))).toEqual([]);
  });

  it("are lower case in lib, words joined by underscores", () => {
    const odd = all.filter((path) => /^lib\/.*\.ts$/.test(path) && !/^lib(\/[a-z0-9]+(_[a-z0-9]+)*)+\.ts$/.test(path));
    expect(odd).toEqual([]);
  });
});

describe("source files", () => {
  it("leave nothing for later", () => {
    expect(places(texts, new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b`))).toEqual([]);
  });

  it("run every test", () => {
    const tests = code.filter((path) => path.startsWith("tests/"));
    expect(
      places(tests, new RegExp(`\\b(it|test|describe)(\\.\\w+)*\\.(${"on" + "ly"}|${"sk" + "ip"}|${"to" + "do"})\\b`)),
    )
      .toEqual([]);
    expect(places(tests, new RegExp(`\\b(${["x" + "it", "f" + "it", "x" + "describe"].join("|")})\\(`))).toEqual([]);
  });

  it("of lib name schedulers in the catalogue alone: its rows, its table of names, and what it lacks", () => {
    const catalogue = /^lib\/scheduler\/(rows\/|names\.ts|left_out\.ts)/;
    const own = code.filter((path) => path.startsWith("lib/") && !catalogue.test(path));
    expect(own.length).toBeGreaterThan(60);
    expect(places(own, /^(?!\s*(\*|\/\/|\/\*)).*["'`][A-Za-z0-9]+Scheduler["'`]/)).toEqual([]);
  });

  it('take 0 and "" as values: no default by or', () => {
    const literal = "[\"'`\\d[{]|null\\b|undefined\\b|new\\b";
    const own = code.filter((path) => /^(lib|functions|site|tests)\//.test(path));
    expect(places(own, new RegExp(`(?<![/*].*)\\|\\|(=|\\s*(${literal}))`))).toEqual([]);
  });

  it("name no path of somebody's machine", () => {
    const folders = ["work", "tmp", "home", "root", "Users", "mnt"].join("|");
    expect(places(texts, new RegExp(`(^|["'\`\\s(=:])/(${folders})/`))).toEqual([]);
  });

  it("are plain text without byte order marks, tabs or carriage returns", () => {
    expect(places(code, /\t|\r|\uFEFF/)).toEqual([]);
  });
});

describe("what git keeps", () => {
  it("is small: no file above 4 MB but the weights of models, and of those none above 10", () => {
    const bound = (path: string) => /^models\/.*\.(onnx|safetensors)$/.test(path) ? 10e6 : 4e6;
    const large = all.filter((path) => Deno.statSync(root + path).size > bound(path));
    expect(large).toEqual([]);
  });

  it("holds no data of others, no archives and no pickles", () => {
    const foreign = /(-ubyte|\.(gz|zip|tar|xz|7z|npy|npz|pkl|pickle|pt|pth|ckpt|bin|parquet|csv|tsv|arrow|h5))$/;
    expect(all.filter((path) => foreign.test(path))).toEqual([]);
  });

  it("has the script that made it beside every golden", () => {
    const goldens = all.filter((path) => /^tests\/fixtures\/.*\.json$/.test(path));
    expect(goldens.length).toBeGreaterThan(4);
    for (const path of goldens) expect(all).toContain(path.replace(/[^/]+$/, "generate.py"));
    const largest = Math.max(...goldens.map((path) => Deno.statSync(root + path).size));
    expect(largest).toBeLessThan(200_000);
  });
});
