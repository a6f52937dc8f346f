import { type Context, Hono } from "hono";
import {
  drawingEvent,
  type Generation,
  generationReply,
  readGeneration,
  refusalOf,
  type ServerEvent,
} from "../dialects/openai.ts";
import type { Drawing } from "../jobs/draw.ts";
import type { Offer } from "../jobs/offer.ts";
import { queued } from "../jobs/queued.ts";
import type { Queue } from "../jobs/queue.ts";
import { eventStream } from "../middleware/event_stream.ts";
import { readJson } from "../middleware/json_body.ts";

const LONGEST_BODY = 256 * 1024;

/** `POST /v1/images/generations`. */
export function imageRoutes(
  { models, queue }: { readonly models: readonly Offer[]; readonly queue: Queue },
): Hono {
  return new Hono().post("/generations", async (c) => {
    const generation = readGeneration(await readJson(c.req.raw, { limit: LONGEST_BODY }), models);
    return generation.stream ? stream(c, { generation, queue }) : await reply(c, { generation, queue });
  });
}

type Job = { readonly generation: Generation; readonly queue: Queue };

async function reply(c: Context, { generation, queue }: Job): Promise<Response> {
  const drawings = join(generation, { queue, signal: c.req.raw.signal });
  return c.json(generationReply(generation, await Array.fromAsync(drawings)));
}

function stream(c: Context, { generation, queue }: Job): Response {
  const hangUp = new AbortController();
  // What cannot be drawn, and a full queue, are a status and not an event.
  const drawings = join(generation, { queue, signal: AbortSignal.any([c.req.raw.signal, hangUp.signal]) });
  const body = eventStream(eventsOf(generation, drawings), {
    onGone: () => hangUp.abort(),
    onError(error) {
      if (!c.req.raw.signal.aborted) console.error(`Request ${c.get("requestId")} failed`, error);
    },
  });
  return c.body(body, 200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
  });
}

async function* eventsOf(generation: Generation, drawings: AsyncIterable<Drawing>): AsyncGenerator<ServerEvent> {
  for await (const drawing of drawings) yield drawingEvent(generation, drawing);
}

function join(
  generation: Generation,
  options: { readonly queue: Queue; readonly signal: AbortSignal },
): AsyncIterable<Drawing> {
  try {
    return queued(generation, options);
  } catch (error) {
    throw refusalOf(error, generation);
  }
}
