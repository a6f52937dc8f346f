import type { ContentfulStatusCode } from "hono/utils/http-status";

/** What a refusal says beside its sentence. */
export type RefusalOptions = {
  /** The HTTP status; 400 by default. */
  readonly status?: ContentfulStatusCode;
  /** The field to blame. */
  readonly param?: string;
  /** A word for programs. */
  readonly code?: string;
  /** After how many seconds asking again makes sense; absent where it never does. */
  readonly retryAfter?: number;
};

/** A request that is turned down, in a sentence that may be shown to whoever sent it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  /** The HTTP status. */
  readonly status: ContentfulStatusCode;
  /** The field to blame. */
  readonly param: string | undefined;
  /** A word for programs. */
  readonly code: string | undefined;
  /** After how many seconds asking again makes sense. */
  readonly retryAfter: number | undefined;

  /** Says in one sentence what was attempted, found and expected. */
  constructor(message: string, { status = 400, param, code, retryAfter }: RefusalOptions = {}) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
