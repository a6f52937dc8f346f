/**
 * Walks through the endpoint with the version of OpenAI's client that Node 20 gets, and says what it saw as JSON.
 *
 * A program of its own, because Vite does not read the import map in which this version has a name beside the other.
 *
 * @module
 */

import OpenAI from "openai-6";
import { VERSION } from "openai-6/version";

const client = new OpenAI({ baseURL: Deno.args[0]!, apiKey: "not needed", maxRetries: 0 });
const ours = { seed: 3, num_inference_steps: 3 };

const { data = [] } = await client.images.generate({ prompt: "coat", n: 2, ...ours });
const streamed = [];
const stream = await client.images.generate({ prompt: "coat", stream: true, partial_images: 2, ...ours });
for await (const { type } of stream) streamed.push(type);
const models = [];
for await (const { id } of client.models.list()) models.push(id);
const error = await client.images.generate({ prompt: "coat", size: "1x1" }).catch((error) => error);

console.log(JSON.stringify({
  version: VERSION,
  generated: data.map(({ b64_json = "" }) => b64_json.startsWith("iVBOR")),
  streamed,
  models,
  error: {
    name: error instanceof OpenAI.BadRequestError ? "BadRequestError" : String(error),
    status: error.status,
    param: error.param,
  },
}));
