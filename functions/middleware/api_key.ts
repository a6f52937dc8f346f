import type { MiddlewareHandler } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";
import { Refusal } from "../schema/refusal.ts";
import { answer } from "./errors.ts";

/** Lets through who brings one of the keys, as `Authorization: Bearer …`. The time that it takes tells nothing of them. */
export function requireKey(keys: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const given = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    const matches = await Promise.all(keys.map((key) => timingSafeEqual(key, given)));
    if (matches.includes(true)) return await next();
    c.header("www-authenticate", "Bearer");
    const message = "Cannot let you in: expected one of this server's keys as Authorization: Bearer …";
    return answer(c, new Refusal(message, { status: 401, code: "invalid_api_key" }));
  };
}
