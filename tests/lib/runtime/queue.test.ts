import { expect, test } from "vitest";
import { createQueue } from "../../../lib/runtime/queue.ts";

test("a task starts when the one before has ended", async () => {
  const queue = createQueue();
  const seen: string[] = [];
  const task = (name: string, ms: number) => async () => {
    seen.push(`${name} starts`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    seen.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all([queue(task("slow", 20)), queue(task("quick", 0))])).toEqual(["slow", "quick"]);
  expect(seen).toEqual(["slow starts", "slow ends", "quick starts", "quick ends"]);
});

test("a failed task tells its own caller and does not hold up the next", async () => {
  const queue = createQueue();
  const failed = queue(() => Promise.reject(new Error("no")));
  const next = queue(() => Promise.resolve("yes"));
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("yes");
});
