import { describe, expect, test } from "vitest";
import { createQueue } from "../../../functions/jobs/queue.ts";
import { Refusal } from "../../../functions/schema/refusal.ts";

const never = new AbortController().signal;

/** Whether a turn has come. */
async function has(turn: Promise<void>): Promise<boolean> {
  return await Promise.race([turn.then(() => true), new Promise<boolean>((resolve) => setTimeout(resolve, 1, false))]);
}

describe("a queue", () => {
  test("serves one at a time, in the order in which they came", async () => {
    const queue = createQueue({ places: 5 });
    const places = [1, 2, 3].map(() => queue.join({ cost: 1, signal: never }));
    for (const [i, place] of places.entries()) {
      expect(await Promise.all(places.map(({ turn }) => has(turn)))).toEqual(places.map((_, k) => k <= i));
      place.leave();
    }
  });

  test("refuses whoever finds no place, with seconds that grow with the work ahead and end at a minute", () => {
    const refused = (cost: number) => {
      const queue = createQueue({ places: 1 });
      queue.join({ cost, signal: never });
      queue.join({ cost, signal: never });
      expect(queue.full).toBe(true);
      let error;
      try {
        queue.join({ cost, signal: never });
      } catch (thrown) {
        error = thrown;
      }
      return error as Refusal;
    };
    expect(refused(1)).toBeInstanceOf(Refusal);
    expect([1, 500, 1e9].map((cost) => refused(cost).retryAfter)).toEqual([1, 20, 60]);
    expect(refused(1).status).toBe(429);
  });

  test("learns how fast it is", async () => {
    const queue = createQueue({ places: 0 });
    for (let i = 0; i < 20; i++) queue.join({ cost: 1000, signal: never }).leave();
    queue.join({ cost: 1000, signal: never });
    expect(() => queue.join({ cost: 1, signal: never })).toThrow(expect.objectContaining({ retryAfter: 1 }));
    await Promise.resolve();
  });

  test("forgets who gives up waiting, and lets the next one up", async () => {
    const queue = createQueue({ places: 2 });
    const first = queue.join({ cost: 1, signal: never });
    const waiting = new AbortController();
    const second = queue.join({ cost: 1, signal: waiting.signal });
    const third = queue.join({ cost: 1, signal: never });
    expect(queue.full).toBe(true);
    waiting.abort(new Error("gone"));
    await expect(second.turn).rejects.toThrow("gone");
    expect(queue.full).toBe(false);
    second.leave();
    expect(await has(third.turn)).toBe(false);
    first.leave();
    expect(await has(third.turn)).toBe(true);
  });

  test("keeps the device for whoever is served until they leave, even when they are gone", async () => {
    const queue = createQueue({ places: 2 });
    const client = new AbortController();
    const first = queue.join({ cost: 1, signal: client.signal });
    const second = queue.join({ cost: 1, signal: never });
    client.abort();
    expect(await has(second.turn)).toBe(false);
    first.leave();
    first.leave();
    expect(await has(second.turn)).toBe(true);
  });

  test("does not serve who was gone before coming", async () => {
    const queue = createQueue({ places: 2 });
    const first = queue.join({ cost: 1, signal: never });
    const gone = queue.join({ cost: 1, signal: AbortSignal.abort(new Error("gone")) });
    await expect(gone.turn).rejects.toThrow("gone");
    const last = queue.join({ cost: 1, signal: never });
    first.leave();
    expect(await has(last.turn)).toBe(true);
  });
});
