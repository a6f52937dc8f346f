import { describe, expect, it } from "vitest";
import { catalogue } from "../../../lib/scheduler/catalogue.ts";
import type { Row } from "../../../lib/scheduler/row.ts";

describe.each(catalogue.map((row) => [row.name, row] as const))("the row %s", (name, row: Row) => {
  it("has a short name, a title and a source with a year", () => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(row.title).toMatch(/\S/);
    expect(row.source).toMatch(/\b(19|20)\d\d\b/);
  });

  it("has a page: formula, evaluations, order, and a sentence of advice", () => {
    const { formula, evaluations, order, advice } = row.page;
    expect(formula).toContain("=");
    expect(evaluations).toBeGreaterThanOrEqual(1);
    expect(order).toBeGreaterThanOrEqual(0);
    expect(advice).toMatch(/^[^\n]{20,}\.$/);
  });

  it("narrows and forgives only options that it has", () => {
    const named = Object.keys({ ...row.only, ...row.foreign });
    expect(named.filter((option) => !(option in row.options))).toEqual([]);
  });
});
