import { Refusal } from "../schema/refusal.ts";

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const EXAMPLE = `a JSON object such as {"prompt": "ankle boot"}`;

/**
 * Reads a JSON body of a bounded size, however it is sent.
 *
 * Only a JSON content type is read: a page elsewhere cannot send that without asking first.
 *
 * @throws {Refusal} when the type is another (415), the body too large (413), or not JSON (400)
 */
export async function readJson(request: Request, { limit }: { readonly limit: number }): Promise<unknown> {
  const type = request.headers.get("content-type");
  if (type === null || !JSON_TYPE.test(type)) {
    throw new Refusal(`Cannot read a body of type ${type ?? "unknown"}: expected content-type: application/json`, {
      status: 415,
      code: "unsupported_media_type",
    });
  }
  const text = decode(await collect(request, limit));
  if (text.trim() === "") throw new Refusal(`Cannot read the body: found nothing, expected ${EXAMPLE}`, invalid);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(`Cannot read the body: ${(error as SyntaxError).message}, expected ${EXAMPLE}`, invalid);
  }
}

const invalid = { code: "invalid_json" };

async function collect(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
    size += chunk.value.length;
    if (size > limit) {
      await reader?.cancel();
      throw new Refusal(`Cannot read the body: found more than ${limit} bytes, expected fewer`, {
        status: 413,
        code: "body_too_large",
      });
    }
    chunks.push(chunk.value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(`Cannot read the body: found bytes that are not UTF-8, expected ${EXAMPLE}`, invalid);
  }
}
