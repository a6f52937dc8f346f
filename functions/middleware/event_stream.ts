import type { ServerEvent } from "../dialects/openai.ts";
import { errorBody, refusalFor } from "./errors.ts";

/** How events are sent. */
export type EventStreamOptions = {
  /** Called when the reader has gone away. */
  readonly onGone: () => void;
  /** Called with what broke the events off, unless the reader did. */
  readonly onError: (error: unknown) => void;
};

const HEARTBEAT_MS = 15_000;

/**
 * Events as a body of server-sent events, `event:` line and `data.type` both.
 *
 * Nobody waits for a slow reader: a run must not be held up, and no run has more than a few dozen small events. An error
 * becomes an event in the shape that OpenAI's clients throw on. A comment now and then keeps proxies from hanging up.
 */
export function eventStream(
  events: AsyncIterable<ServerEvent>,
  { onGone, onError }: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let gone = false;
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => {
        if (!gone) controller.enqueue(encoder.encode(text));
      };
      const heartbeat = setInterval(() => send(": still at it\n\n"), HEARTBEAT_MS);
      const pump = async () => {
        try {
          for await (const event of events) send(written(event));
        } catch (error) {
          if (gone) return;
          onError(error);
          send(written({ type: "error", ...errorBody(refusalFor(error)) }));
        } finally {
          clearInterval(heartbeat);
          if (!gone) controller.close();
        }
      };
      void pump();
    },
    cancel() {
      gone = true;
      onGone();
    },
  });
}

function written(event: ServerEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
