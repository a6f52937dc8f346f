/** Sixteen hex digits that tell one set of weights from another; empty where the platform cannot hash. */
export async function fingerprintOf(weights: Uint8Array): Promise<string> {
  // Pages that came over plain HTTP from elsewhere have no crypto.subtle.
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", weights as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest ?? 0), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
}
