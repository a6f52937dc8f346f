import { type Model, usual } from "@unnoise/lib";
import { draw, type Drawing, type Order } from "./draw.ts";
import type { Queue } from "./queue.ts";

/** What is drawn, and with what. */
export type Commission = { readonly model: Model; readonly order: Order };

/**
 * Draws an order when its turn comes. The place in the queue is taken at once, and left when the drawing ends, however
 * it ends; so what is returned must be iterated.
 *
 * @throws {InvalidOption} at once, when the order cannot be met
 * @throws {Refusal} at once, when the queue is full
 */
export function queued(
  { model, order }: Commission,
  { queue, signal }: { readonly queue: Queue; readonly signal: AbortSignal },
): AsyncIterable<Drawing> {
  const drawn = draw(model, order, { signal });
  const { steps = usual(model, order.scheduler).steps } = order;
  const place = queue.join({ cost: order.seeds.length * steps, signal });
  async function* drawings() {
    try {
      await place.turn;
      yield* drawn;
    } finally {
      place.leave();
    }
  }
  return drawings();
}
