import { describe, expect, it } from "vitest";
import { catalogue } from "../../../lib/scheduler/catalogue.ts";
import { leftOut } from "../../../lib/scheduler/left_out.ts";
import { readFixture } from "../../fixtures/read.ts";

describe("the schedulers of diffusers", async () => {
  const { schedulers } = await readFixture<{ schedulers: readonly string[] }>("classes/classes.json");

  it.each(schedulers.map((name) => [name]))("has %s in the catalogue, or says why not", (name) => {
    const rows = catalogue.filter(({ className }) => className === name);
    const reasons = leftOut.filter(({ className }) => className === name);
    expect(rows.length + reasons.length).toBe(1);
  });

  it("are all that is left out, each in one sentence", () => {
    for (const { className, why } of leftOut) {
      expect(schedulers).toContain(className);
      expect(why).toMatch(/^[A-Z].{20,}[^.]\.$/);
    }
  });
});
