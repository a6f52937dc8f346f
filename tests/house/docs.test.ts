import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deno, files, read, root } from "./repository.ts";

const doors = Object.values((JSON.parse(read("lib/deno.json")) as { exports: Record<string, string> }).exports)
  .map((path) => path.replace("./", "lib/"));
const MINUTES = 60_000;

type Symbol = {
  readonly name: string;
  readonly kind: string;
  readonly location: string;
  readonly doc: string;
  readonly examples: readonly string[];
};

/** Every symbol that lib exports, with what its docstring says. */
async function symbols(): Promise<Symbol[]> {
  const { code, text } = await deno(["doc", "--json", ...doors]);
  if (code !== 0) throw new Error(text);
  const { nodes } = JSON.parse(text) as { nodes: Record<string, { symbols: readonly RawSymbol[] }> };
  return Object.values(nodes).flatMap(({ symbols }) => symbols).flatMap(({ name, declarations }) => {
    return declarations.filter(({ declarationKind }) => declarationKind === "export").map((declaration) => ({
      name,
      kind: declaration.kind,
      location: declaration.location.filename.replace(`file://${root}`, ""),
      doc: declaration.jsDoc?.doc ?? "",
      examples: (declaration.jsDoc?.tags ?? []).filter(({ kind }) => kind === "example").map(({ doc }) => doc ?? ""),
    }));
  });
}

type RawSymbol = {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: string;
    readonly declarationKind: string;
    readonly location: { readonly filename: string };
    readonly jsDoc?: {
      readonly doc?: string;
      readonly tags?: readonly { readonly kind: string; readonly doc?: string }[];
    };
  }[];
};

describe("the docstrings of lib", async () => {
  const all = await symbols();

  it("are read at all", () => {
    expect(all.length).toBeGreaterThan(60);
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(["torchGenerator", "Frame", "nodeRuntime"]));
  });

  it("stand at every export, and end their first sentence", () => {
    const bare = all.filter(({ doc }) => !/[.:]/.test(doc)).map(({ name, location }) => `${location}: ${name}`);
    expect(bare).toEqual([]);
  });

  it("have an example wherever something can be called", () => {
    const lacking = all.filter(({ kind, examples }) => ["function", "class"].includes(kind) && examples.length === 0);
    expect(lacking.map(({ name, location }) => `${location}: ${name}`)).toEqual([]);
  });

  it("assert something in every example", () => {
    const silent = all.filter(({ examples }) => examples.some((example) => !/console\.(assert|log)\(/.test(example)));
    expect(silent.map(({ name, location }) => `${location}: ${name}`)).toEqual([]);
  });

  it("and their types satisfy JSR, as far as that can be told without publishing", async () => {
    const { code, text } = await deno(["publish", "--dry-run", "--allow-dirty"], `${root}lib`);
    expect(code, text).toBe(0);
    expect(text).toContain("Dry run complete");
  }, 2 * MINUTES);

  it("satisfy deno doc --lint", async () => {
    const { code, text } = await deno(["doc", "--lint", ...doors]);
    expect(text.replaceAll(/^(Check|Download|Checked).*\n/gm, "")).not.toMatch(/error/i);
    expect(code, text).toBe(0);
  }, 2 * MINUTES);
});

describe("examples", () => {
  let elsewhere: string;
  // Some examples read models/fashion or write a picture: they run in a folder of their own that sees the models.
  beforeAll(async () => {
    elsewhere = await Deno.makeTempDir({ prefix: "unnoise-" });
    await Deno.symlink(`${root}models`, `${elsewhere}/models`);
  });
  afterAll(() => Deno.remove(elsewhere, { recursive: true }));

  async function run(paths: readonly string[]) {
    const config = ["--config", `${root}deno.json`, "--no-lock", "--frozen=false"];
    const { code, text } = await deno(
      ["test", "--doc", "-A", ...config, ...paths.map((path) => root + path)],
      elsewhere,
    );
    expect(text).toMatch(/\d+ passed/);
    // console.assert says so and goes on: what it says is a failure here.
    expect(text).not.toContain("Assertion failed");
    expect(code, text).toBe(0);
    return Number(/(\d+) passed/.exec(text)![1]);
  }

  it("in docstrings run and hold", async () => {
    const sources = files().filter((path) => /^lib\/.*\.ts$/.test(path));
    const examples = sources.flatMap((path) => [...read(path).matchAll(/^ *\* ```ts/gm)]);
    expect(await run(sources)).toBe(examples.length);
  }, 5 * MINUTES);

  it("in README files run and hold", async () => {
    expect(await run(["README.md", "lib/README.md"])).toBeGreaterThanOrEqual(10);
  }, 5 * MINUTES);
});
