/**
 * The endpoint as a program: `deno run -A functions/main.ts`. Hosts that bring their own listener take `deploy/fetch.ts`.
 *
 * @module
 */

import { join } from "node:path";
import process from "node:process";
import { createApp } from "./app.ts";
import { modelsFolder, readEnvironment, siteFolder } from "./program/environment.ts";
import { addressOf, checkAccess, listen, serveUntilStopped } from "./program/listen.ts";
import { loadModels } from "./program/offers.ts";
import { run } from "./program/run.ts";
import { chooseRuntime } from "./program/runtime.ts";

await run(async () => {
  const environment = readEnvironment(process.env);
  const { apiKeys } = environment;
  checkAccess(environment);
  const { runtime, note } = await chooseRuntime(environment.device);
  if (note !== undefined) console.error(note);
  const { offers, ready } = await loadModels(environment.models, { runtime });
  const app = createApp({ models: offers, site: join(siteFolder, "dist"), modelFiles: modelsFolder, apiKeys });
  const server = listen(app, environment);
  console.log(`Listening at ${addressOf(server)}, loading ${environment.models.join(", ")}`);
  await ready;
  console.log(`Ready, computing on ${runtime.device}`);
  await serveUntilStopped(server);
  process.exit(0);
});
