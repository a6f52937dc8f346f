import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".onnx": "application/octet-stream",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".wasm": "application/wasm",
};

/** A static host as the site is deployed on one: the built pages at `/`, the models at `/models/`. */
export type Host = {
  readonly origin: string;
  /** The paths asked for since the start. */
  readonly asked: readonly string[];
  /** Makes paths that match fail with a 503, until called without a pattern. */
  readonly fail: (pattern?: RegExp) => void;
  readonly close: () => Promise<void>;
};

const root = fileURLToPath(new URL("../../", import.meta.url));

export async function host(): Promise<Host> {
  const asked: string[] = [];
  let failing: RegExp | undefined;
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    asked.push(path);
    if (failing?.test(path)) return void response.writeHead(503).end();
    const file = await find(path);
    const body = await readFile(file ?? join(root, "site/dist/404.html"));
    response.writeHead(file === undefined ? 404 : 200, {
      "content-type": TYPES[extname(file ?? "404.html")] ?? "application/octet-stream",
      "content-length": body.length,
    }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (pattern) => void (failing = pattern),
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

async function find(path: string): Promise<string | undefined> {
  const folder = path.startsWith("/models/") ? root : join(root, "site/dist");
  const file = normalize(join(folder, path));
  if (!file.startsWith(normalize(folder + sep)) && file !== normalize(folder)) return undefined;
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) return file;
  const index = join(file, "index.html");
  return found?.isDirectory() && (await stat(index).catch(() => undefined))?.isFile() ? index : undefined;
}
