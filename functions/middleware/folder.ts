import { readFile, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { Context, MiddlewareHandler } from "hono";
import { getMimeType } from "hono/utils/mime";

/** Which files are served. */
export type FolderOptions = {
  /** The folder on the disk. */
  readonly folder: string;
  /** The start of the address that stands for the folder, with a slash at the end. */
  readonly prefix: string;
  /** The endings that are served, with their dot; all by default. */
  readonly endings?: readonly string[];
  /** The file that people see, programs do not, where nothing is found. */
  readonly missing?: string;
};

// Astro names these files after their content.
const NEVER_CHANGES = /\/_astro\//;

/**
 * Serves the files of a folder, in Deno and Node; what is not there is left to the next handler.
 *
 * Nothing outside the folder is reached, neither by dots nor by links, and nothing whose name starts with a dot.
 */
export function serveFolder({ folder, prefix, endings, missing }: FolderOptions): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return await next();
    const path = pathIn(c.req.path, prefix);
    const found = path === undefined ? undefined : await find(folder, path);
    if (found === undefined || endings?.includes(extname(found.path)) === false) {
      const page = missing !== undefined && wantsPage(c) ? await find(folder, missing) : undefined;
      return page === undefined ? await next() : c.html(await readFile(page.path, "utf8"), 404);
    }
    // Relative links on a page count from its folder.
    if (found.isIndex && !c.req.path.endsWith("/")) {
      return c.redirect(`${c.req.path}/${new URL(c.req.url).search}`, 308);
    }
    return await send(c, found);
  };
}

type Found = { readonly path: string; readonly size: number; readonly isIndex: boolean; readonly etag: string };

/** The path below the folder that an address means, or nothing when it means none. */
function pathIn(address: string, prefix: string): string | undefined {
  if (!address.startsWith(prefix)) return undefined;
  let path;
  try {
    path = decodeURIComponent(address.slice(prefix.length));
  } catch {
    return undefined;
  }
  // deno-lint-ignore no-control-regex -- a file's name has none, and some systems stop reading at the first
  if (/[\\\x00-\x1f]/.test(path)) return undefined;
  // An empty part would make a redirect to "//host/", which browsers take for another site.
  if (path.startsWith("/") || path.includes("//")) return undefined;
  return path.split("/").some((part) => part.startsWith(".")) ? undefined : path;
}

async function find(folder: string, path: string): Promise<Found | undefined> {
  try {
    const root = await realpath(folder);
    const asked = await realpath(join(root, path));
    if (asked !== root && !asked.startsWith(root + sep)) return undefined;
    const isIndex = (await stat(asked)).isDirectory();
    const file = isIndex ? await realpath(join(asked, "index.html")) : asked;
    const { size, mtimeMs } = await stat(file);
    if (!file.startsWith(root + sep) || !isIndex && path.endsWith("/")) return undefined;
    return { path: file, size, isIndex, etag: `W/"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"` };
  } catch {
    // Not there, not a folder, a name too long, no right to read: for whoever asks they are the same.
    return undefined;
  }
}

function wantsPage(c: Context): boolean {
  return c.req.header("accept")?.includes("text/html") === true;
}

async function send(c: Context, { path, size, etag }: Found): Promise<Response> {
  c.header("etag", etag);
  c.header("cache-control", NEVER_CHANGES.test(c.req.path) ? "public, max-age=31536000, immutable" : "no-cache");
  const known = c.req.header("if-none-match")?.split(",").map((tag) => tag.trim());
  if (known?.includes(etag) === true) return c.body(null, 304);
  c.header("content-type", getMimeType(path) ?? "application/octet-stream");
  if (c.req.method === "HEAD") {
    c.header("content-length", String(size));
    return c.body(null);
  }
  return c.body(new Uint8Array(await readFile(path)));
}
