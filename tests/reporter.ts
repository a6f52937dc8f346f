import type { Reporter, SerializedError, TestModule } from "vitest/node";

/**
 * Ends a run with one plain line, "12 passed, 0 failed" or "12 passed, 0 failed, 3 skipped", for machines to read.
 *
 * A file that cannot be loaded and an error outside of any test count as failures: a run that printed "0 failed" and
 * still went wrong would be worse than none.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
    const count = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      const before = count.failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === "pending" ? "failed" : state]++;
      }
      if (!module.ok() && count.failed === before) count.failed++;
    }
    if (count.passed + count.failed === 0) count.failed++;
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
  }
}
