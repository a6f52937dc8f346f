import process from "node:process";
import type { Hono } from "hono";
import type { Environment } from "./environment.ts";

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/**
 * Makes sure that strangers find a lock: beyond the loopback, only with keys.
 *
 * @throws {RangeError} when there are none
 */
export function checkAccess({ host, apiKeys }: Pick<Environment, "host" | "apiKeys">): void {
  if (loopback.test(host) || apiKeys.length > 0) return;
  throw new RangeError(`Cannot listen on ${host} without a key: expected API_KEYS to be set, or HOST to be 127.0.0.1`);
}

/**
 * Listens for requests.
 *
 * @throws {TypeError} when it cannot, in a sentence that says why
 */
export function listen(app: Hono, { host, port }: Pick<Environment, "host" | "port">): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: host, port, onListen: () => {} }, (request) => app.fetch(request));
  } catch (error) {
    throw new TypeError(`Cannot listen on ${host}:${port}: ${reason(error)}`, { cause: error });
  }
}

/** The address to show to people. */
export function addressOf({ addr: { hostname, port } }: Deno.HttpServer<Deno.NetAddr>): string {
  const local = ["127.0.0.1", "0.0.0.0", "::1", "::"].includes(hostname);
  return `http://${local ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/**
 * Serves until it is told to stop. The first SIGTERM or SIGINT lets what has been accepted finish, the second does not.
 */
export async function serveUntilStopped(server: Deno.HttpServer): Promise<void> {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void server.shutdown();
  };
  const signals = ["SIGTERM", "SIGINT"] as const;
  // Not Deno's own listeners: packages that mind the cursor only see these, and raise the signal again if there are none.
  for (const signal of signals) process.on(signal, stop);
  await server.finished;
  for (const signal of signals) process.off(signal, stop);
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) return "the port is taken, expected a free one (set PORT to another)";
  if (error instanceof Deno.errors.PermissionDenied) return "that is not allowed, expected a port of 1024 or more";
  if (error instanceof Deno.errors.AddrNotAvailable) return "this machine has no such address (set HOST to another)";
  return error instanceof Error ? error.message : String(error);
}
