const STORE = "unnoise-network";

/** The parameter of an address that tells versions apart. */
const VERSION = "v";

/**
 * Fetches a file once and keeps it for later visits, also without a network. Browsers that keep nothing (private
 * windows, full disks, pages that are not secure) just fetch.
 */
export async function storedFetch(address: URL | string, version: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(address);
  url.searchParams.set(VERSION, version);
  const store = await openStore();
  const kept = await store?.match(url).catch(() => undefined);
  if (kept !== undefined) return kept;
  const response = await fetch(url, init);
  if (response.ok && store !== undefined) {
    store.put(url, response.clone()).then(() => forgetOlder(store, url)).catch(() => {
      // What could not be kept is fetched again next time.
    });
  }
  return response;
}

/** Deletes what was kept, and says whether there was anything. */
export async function forget(): Promise<boolean> {
  return await globalThis.caches?.delete(STORE).catch(() => false) ?? false;
}

async function openStore(): Promise<Cache | undefined> {
  return await globalThis.caches?.open(STORE).catch(() => undefined);
}

async function forgetOlder(store: Cache, { pathname, search }: URL) {
  for (const request of await store.keys()) {
    const kept = new URL(request.url);
    if (kept.pathname === pathname && kept.search !== search) await store.delete(request);
  }
}
