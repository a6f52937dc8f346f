import { absentSamplers, catalogue, leftOut } from "@unnoise/lib";
import * as lib from "@unnoise/lib";
import { expect, test } from "vitest";
import { openSite } from "../browser/site.ts";
import { chinese, reasons } from "../../site/src/samplers/advice.ts";
import { coloured, describe as describeRow, papers, sentence, shown } from "../../site/src/samplers/describe.ts";
import { errorsOf, eulersErrors, orderOf } from "../../site/src/samplers/measure.ts";
import { snippet } from "../../site/src/samplers/snippet.ts";

const site = openSite();

test("every sampler has its advice in Chinese, and none that is gone has", () => {
  expect(Object.keys(chinese).sort()).toEqual(catalogue.map(({ name }) => name).sort());
  expect(Object.keys(reasons).sort()).toEqual(
    [...leftOut.map(({ className }) => className), ...Object.keys(absentSamplers)].sort(),
  );
  for (const text of [...Object.values(chinese), ...Object.values(reasons)]) {
    expect(text).toMatch(/\p{Script=Han}.*。$/u);
  }
});

test.each(catalogue.map((row) => [row.name, row] as const))("the program of %s runs", (_, row) => {
  const { count, draws } = describeRow(row);
  const program = snippet(row, { count, draws });
  const body = program.replace(/^import (.*) from "@unnoise\/lib";$/m, "const $1 = lib;").replace("]!", "]").replace(
    "[1, 4, 64, 64]",
    "[1, 1, 4, 4]",
  );
  const printed: unknown[] = [];
  const run = new Function("lib", "console", body) as (library: typeof lib, console: object) => void;
  run(lib, { log: (value: unknown) => printed.push(value), warn: () => {} });
  expect(printed).toEqual([[1, 1, 4, 4]]);
});

test("orders are measured as theory has them", () => {
  expect(orderOf(eulersErrors())).toBeCloseTo(1, 0);
  const order = (name: string) => orderOf(errorsOf(catalogue.find((row) => row.name === name)!))!;
  expect(order("ddim")).toBeCloseTo(1, 0);
  expect(order("heun")).toBeCloseTo(2, 0);
  expect(order("dpm_multistep")).toBeCloseTo(2, 0);
  expect(order("unipc")).toBeCloseTo(3, 0);
});

test("formulas, sources and values are shown as people read them", () => {
  expect(coloured("x′ = α′·x̂₀ + σ′·ε̂")).toEqual([
    { text: "x′", symbol: "symbol-noisy" },
    { text: " = α′·" },
    { text: "x̂₀", symbol: "symbol-guess" },
    { text: " + σ′·" },
    { text: "ε̂", symbol: "symbol-noise" },
  ]);
  expect(coloured("e^(−(1+τ²)h)·x")[1]).toEqual({ text: "−(1+τ²)h", raised: true });
  expect(sentence("take `a` now")).toEqual([{ text: "take " }, { text: "a", code: true }, { text: " now" }]);
  expect(papers("Ho 2020, arXiv:2006.11239, eq. 4")[1]).toEqual({
    text: "arXiv:2006.11239",
    address: "https://arxiv.org/abs/2006.11239",
  });
  expect([Infinity, -Infinity, null, "zero", 0].map(shown)).toEqual(["∞", "−∞", "null", "zero", "0"]);
});

test("the search finds a sampler by the name that people know, and says so when there is none", async () => {
  const { page, problems } = await site.visit("/en/samplers/");
  const [input, answer] = [page.locator("#sampler-name"), page.locator("[data-sampler-search] .answer")];
  await input.fill("DPM++ 2M Karras");
  expect(await answer.locator("a").textContent()).toBe("KDPMPP2M");
  expect(await answer.locator("code").textContent()).toContain('sigma_schedule: "karras"');
  await input.fill("magic");
  expect(await answer.textContent()).toContain("Nothing of that name");
  await input.fill("euler a");
  await input.press("Enter");
  await page.waitForURL(/\/en\/samplers\/k_euler\//);
  expect(await page.locator("h1").textContent()).toContain("Euler");
  expect(problems).toEqual([]);
});
