/**
 * The endpoint for hosts that bring their own listener: `deno serve -A functions/deploy/fetch.ts`, Deno Deploy and others
 * that call `default.fetch`.
 *
 * It is not `main.ts`, because `deno serve` says of such a module that it is the main program, too: one file could not
 * tell whether to listen.
 *
 * @module
 */

import { join } from "node:path";
import process from "node:process";
import { createApp } from "../app.ts";
import { modelsFolder, readEnvironment, siteFolder } from "../program/environment.ts";
import { checkAccess } from "../program/listen.ts";
import { loadModels } from "../program/offers.ts";
import { chooseRuntime } from "../program/runtime.ts";

const { device, models, apiKeys } = readEnvironment(process.env);
// Such hosts listen to the world.
checkAccess({ host: "all addresses", apiKeys });
const { runtime, note } = await chooseRuntime(device);
if (note !== undefined) console.error(note);
const { offers, ready } = await loadModels(models, { runtime });
ready.catch((error) => console.error(error.message));

const app = createApp({ models: offers, site: join(siteFolder, "dist"), modelFiles: modelsFolder, apiKeys });

export default { fetch: (request: Request): Response | Promise<Response> => app.fetch(request) };
