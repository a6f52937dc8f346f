/**
 * Everything at once: `deno run -A functions/start.ts` loads the model, serves site and endpoint, and builds the site.
 *
 * @module
 */

import { join } from "node:path";
import process from "node:process";
import { Listr } from "listr2";
import { createApp } from "./app.ts";
import { buildSite } from "./program/build_site.ts";
import { modelsFolder, readEnvironment, siteFolder } from "./program/environment.ts";
import { addressOf, checkAccess, listen, serveUntilStopped } from "./program/listen.ts";
import { type Loading, loadModels } from "./program/offers.ts";
import { run } from "./program/run.ts";
import { chooseRuntime } from "./program/runtime.ts";

type Progress = { loading: Loading; server: Deno.HttpServer<Deno.NetAddr> };

await run(async () => {
  const environment = readEnvironment(process.env);
  const { apiKeys } = environment;
  checkAccess(environment);
  // Some recorders of terminals have no width, and nothing can be drawn in that.
  const live = process.stdout.isTTY && process.stdout.columns > 0;
  const tasks = new Listr<Progress>([
    {
      title: `Load and warm the model (${environment.models.join(", ")})`,
      async task(progress, task) {
        const { runtime, note } = await chooseRuntime(environment.device);
        if (note !== undefined) task.output = note;
        progress.loading = await loadModels(environment.models, { runtime });
        await progress.loading.ready;
        task.title = `${task.title}, computing on ${runtime.device}`;
      },
      rendererOptions: { persistentOutput: true },
    },
    {
      title: "Listen",
      task(progress) {
        const { offers } = progress.loading;
        const app = createApp({ models: offers, site: join(siteFolder, "dist"), modelFiles: modelsFolder, apiKeys });
        progress.server = listen(app, environment);
      },
    },
    // Last, because it takes longest: what else can go wrong is said before.
    {
      title: "Build the site",
      task: (_, task) => buildSite(siteFolder, { onLine: live ? (line) => task.output = line : () => {} }),
    },
  ], {
    registerSignalListeners: false,
    rendererOptions: { showErrorMessage: false },
    fallbackRendererCondition: () => !live,
  });
  const { server } = await tasks.run();
  console.log(`\nUnnoise is at ${addressOf(server)}`);
  await serveUntilStopped(server);
  process.exit(0);
});
