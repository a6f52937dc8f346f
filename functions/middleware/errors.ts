import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Refusal } from "../schema/refusal.ts";

// nginx's number for a client that is gone before its answer; nobody is there to read it.
const CLIENT_GONE = 499 as ContentfulStatusCode;

/** An error as OpenAI's clients read it. */
export type ErrorBody = {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
};

/** The body of a refusal. */
export function errorBody({ message, status, param, code }: Refusal): ErrorBody {
  const type = status === 429 ? "rate_limit_error" : status >= 500 ? "server_error" : "invalid_request_error";
  return { error: { message, type, param: param ?? null, code: code ?? null } };
}

/** An error as something to show: a refusal as it is, anything else without its insides. */
export function refusalFor(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal("Cannot answer: something broke on this side, and the log knows what", {
    status: 500,
    code: "internal_error",
  });
}

/** Answers a refusal, and tells clients whether asking again could help. */
export function answer(c: Context, refusal: Refusal): Response {
  const { status, retryAfter } = refusal;
  return c.json(
    errorBody(refusal),
    status,
    retryAfter === undefined ? { "x-should-retry": "false" } : { "retry-after": String(retryAfter) },
  );
}

/** Answers whatever was thrown; what nobody foresaw goes to the log, with the request's id. */
export function answerError(error: Error, c: Context): Response {
  if (c.req.raw.signal.aborted) return c.body(null, CLIENT_GONE);
  const refusal = refusalFor(error);
  if (refusal.code === "internal_error") console.error(`Request ${c.get("requestId")} failed`, error);
  return answer(c, refusal);
}

/** Answers what no route answers. */
export function answerNotFound(c: Context): Response {
  return answer(c, new Refusal(`Cannot find ${c.req.method} ${c.req.path}`, { status: 404, code: "not_found" }));
}

/** Answers a method that a route does not have. */
export function answerMethodNotAllowed(c: Context, methods: readonly string[]): Response {
  c.header("allow", methods.join(", "));
  const message = `Cannot ${c.req.method} ${c.req.path}: expected ${methods.join(" or ")}`;
  return answer(c, new Refusal(message, { status: 405, code: "method_not_allowed" }));
}
