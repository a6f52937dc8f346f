import { Hono } from "hono";
import type { Offer } from "../jobs/offer.ts";
import type { Queue } from "../jobs/queue.ts";

/** `GET /livez`: the process answers. `GET /readyz`: it could draw a picture now. */
export function healthRoutes(
  { models, queue }: { readonly models: readonly Offer[]; readonly queue: Queue },
): Hono {
  return new Hono()
    .get("/livez", (c) => c.json({ status: "alive" }))
    .get("/readyz", (c) => {
      if (models.some(({ model }) => model === undefined)) return c.json({ status: "loading" }, 503);
      return queue.full ? c.json({ status: "busy" }, 503) : c.json({ status: "ready" });
    });
}
