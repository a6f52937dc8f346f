import { Hono } from "hono";
import { compress } from "hono/compress";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import type { Offer } from "./jobs/offer.ts";
import { createQueue } from "./jobs/queue.ts";
import { requireKey } from "./middleware/api_key.ts";
import { answerError, answerMethodNotAllowed, answerNotFound } from "./middleware/errors.ts";
import { serveFolder } from "./middleware/folder.ts";
import { healthRoutes } from "./routes/health.ts";
import { imageRoutes } from "./routes/images.ts";
import { modelRoutes } from "./routes/models.ts";

/** What the endpoint is made of. */
export type AppOptions = {
  /** The models that it draws with; the first answers requests that name none. */
  readonly models: readonly Offer[];
  /** How many requests may wait while one is being drawn; 8 by default. */
  readonly places?: number;
  /** The folder of the built site, served at `/`. */
  readonly site?: string;
  /** The folder of the models, served at `/models/` for the site's own network runs. */
  readonly modelFiles?: string;
  /** The keys that open /v1; without any it is open to everybody who reaches it. */
  readonly apiKeys?: readonly string[];
};

const MODEL_FILES = [".json", ".onnx", ".png"];
const NO_SITE = "The site is not built: run `deno task start` to build and serve it. The endpoint is at /v1.\n";

/**
 * The endpoint as a function from request to response. It listens nowhere and shares nothing with another of its kind.
 *
 * @example
 * ```ts
 * import { createApp } from "@unnoise/functions";
 *
 * const app = createApp({ models: [] });
 * const response = await app.request("/livez");
 * console.assert(response.status === 200);
 * ```
 */
export function createApp({ models, places = 8, site, modelFiles, apiKeys = [] }: AppOptions): Hono {
  const queue = createQueue({ places });
  const app = new Hono();
  app.use(requestId());
  app.use(async (c, next) => {
    c.header("x-content-type-options", "nosniff");
    await next();
  });
  app.use(methodNotAllowed({ app, onMethodNotAllowed: answerMethodNotAllowed }));
  if (apiKeys.length > 0) app.use("/v1/*", requireKey(apiKeys));
  app.route("/v1/images", imageRoutes({ models, queue }));
  app.route("/v1/models", modelRoutes(models));
  app.route("/", healthRoutes({ models, queue }));
  // Only what follows: files. The WebAssembly runtime shrinks to a quarter.
  app.use(compress());
  if (modelFiles !== undefined) {
    app.use("/models/*", serveFolder({ folder: modelFiles, prefix: "/models/", endings: MODEL_FILES }));
  }
  if (site !== undefined) app.use(serveFolder({ folder: site, prefix: "/", missing: "404.html" }));
  app.use("/", async (c, next) => c.req.method === "GET" ? c.text(NO_SITE, 404) : await next());
  app.notFound(answerNotFound);
  app.onError(answerError);
  return app;
}
