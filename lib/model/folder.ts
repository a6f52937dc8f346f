/** A model's files in diffusers' layout, wherever they lie. */
export type Folder = {
  /** Says where it is, for messages. */
  readonly location: string;
  /** Reads one file; rejects with a sentence that names it when it cannot. */
  readonly read: (path: string, options?: ReadOptions) => Promise<Uint8Array>;
};

/** How a file is read. */
export type ReadOptions = {
  /** Stops the reading. */
  readonly signal?: AbortSignal | undefined;
};

/** Tells how far the download of a file has come, in bytes; `total` is missing where the server does not say. */
export type OnProgress = (loaded: number, total: number | undefined, path: string) => void;

/** How files come over HTTP. */
export type HttpFolderOptions = {
  /** Called with each chunk that arrives. */
  readonly onProgress?: OnProgress;
  /** What fetches: the global `fetch` by default. */
  readonly fetch?: (url: URL, init: RequestInit) => Promise<Response>;
};

/**
 * A model folder behind an HTTP(S) address.
 *
 * @throws {TypeError} (from `read`) when the server does not answer, or not with the file
 *
 * @example
 * ```ts
 * import { httpFolder } from "@unnoise/lib";
 *
 * const folder = httpFolder("http://localhost:8000/models/fashion/", {
 *   onProgress: (loaded, total, path) => console.log(`${path}: ${loaded} of ${total} bytes`),
 * });
 * console.assert(folder.location.endsWith("/models/fashion/"));
 * ```
 */
export function httpFolder(
  base: string | URL,
  { onProgress, fetch = globalThis.fetch }: HttpFolderOptions = {},
): Folder {
  const location = base.toString().replace(/\/?$/, "/");
  return {
    location,
    async read(path, { signal } = {}) {
      const url = new URL(path, location);
      const response = await fetch(url, signal === undefined ? {} : { signal }).catch((error) => {
        signal?.throwIfAborted();
        throw new TypeError(`Cannot read ${url}: the server could not be reached`, { cause: error });
      });
      if (!response.ok) throw new TypeError(`Cannot read ${url}: the server answered ${response.status}, expected 200`);
      return await collect(response, (loaded, total) => onProgress?.(loaded, total, path));
    },
  };
}

async function collect(response: Response, onChunk: (loaded: number, total: number | undefined) => void) {
  const length = response.headers.get("content-length");
  // A compressed body is longer than its content-length says.
  const total = length === null || response.headers.has("content-encoding") ? undefined : Number(length);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  for await (const chunk of readable(response)) {
    chunks.push(chunk);
    loaded += chunk.length;
    onChunk(loaded, total);
  }
  const bytes = new Uint8Array(loaded);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** The chunks of a body. Safari's streams are not iterable, their readers are there everywhere. */
async function* readable({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) yield chunk.value;
}
