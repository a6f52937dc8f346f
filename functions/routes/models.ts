import { Hono } from "hono";
import { modelReply } from "../dialects/openai.ts";
import type { Offer } from "../jobs/offer.ts";
import { Refusal } from "../schema/refusal.ts";
import { shown } from "../schema/shown.ts";

/** `GET /v1/models` and `GET /v1/models/:id`. */
export function modelRoutes(models: readonly Offer[]): Hono {
  return new Hono()
    .get("/", (c) => c.json({ object: "list", data: models.map(modelReply) }))
    .get("/:id", (c) => {
      const found = models.find(({ id }) => id === c.req.param("id"));
      if (found !== undefined) return c.json(modelReply(found));
      const expected = models.map(({ id }) => id).join(" or ");
      throw new Refusal(`Cannot find model ${shown(c.req.param("id"))}: expected ${expected}`, {
        status: 404,
        param: "model",
        code: "model_not_found",
      });
    });
}
