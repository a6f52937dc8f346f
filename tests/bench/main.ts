/**
 * The benchmarks: what runs cost beside the network, and what steps cost beside a copy of the same bytes.
 *
 *     deno task bench                            both
 *     deno task bench --runs
 *     deno task bench --python python3           both also beside diffusers, of that Python
 *
 * @module
 */
import { parseArgs } from "node:util";
import process from "node:process";
import { benchRuns } from "./run.ts";
import { benchSteps } from "./step.ts";

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: { runs: { type: "boolean" }, steps: { type: "boolean" }, python: { type: "string" } },
});
const python = values.python ?? process.env.PYTHON;
const both = !values.runs && !values.steps;
if (both || values.runs) await benchRuns({ python });
if (both || values.steps) await benchSteps({ python });
