import { describe, expect, it } from "vitest";
import { httpFolder } from "../../../lib/model/folder.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

/** A server in the test's own process, on a free port. */
async function serving(answer: (path: string) => Response, use: (base: string) => Promise<void>) {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    ({ url }) => answer(new URL(url).pathname),
  );
  try {
    await use(`http://127.0.0.1:${server.addr.port}/models/fashion`);
  } finally {
    await server.shutdown();
  }
}

describe("httpFolder", () => {
  it("reads files below its address, with or without a slash at its end", async () => {
    const asked: string[] = [];
    await serving((path) => (asked.push(path), new Response(bytes)), async (base) => {
      expect(await httpFolder(base).read("unet/model.onnx")).toEqual(bytes);
      expect(await httpFolder(new URL(`${base}/`)).read("model_index.json")).toEqual(bytes);
      expect(httpFolder(base).location).toBe(`${base}/`);
    });
    expect(asked).toEqual(["/models/fashion/unet/model.onnx", "/models/fashion/model_index.json"]);
  });

  it("tells how far a download has come, up to the last byte", async () => {
    const told: (readonly [number, number | undefined, string])[] = [];
    const headers = { "content-length": String(bytes.length) };
    await serving(() => new Response(bytes, { headers }), async (base) => {
      await httpFolder(base, { onProgress: (...news) => told.push(news) }).read("unet/model.onnx");
    });
    expect(told.at(-1)).toEqual([1000, 1000, "unet/model.onnx"]);
    expect(told.every(([loaded], i) => i === 0 || loaded > told[i - 1]![0])).toBe(true);
  });

  it("leaves the total out where the server does not say, or the body is compressed", async () => {
    const totals: (number | undefined)[] = [];
    const onProgress = (_: number, total: number | undefined) => totals.push(total);
    const plain = () => Promise.resolve(new Response(new Blob([bytes]).stream()));
    const packed = () => {
      const headers = { "content-length": "10", "content-encoding": "gzip" };
      return Promise.resolve(new Response(bytes, { headers }));
    };
    for (const fetch of [plain, packed]) await httpFolder("http://models.test/", { onProgress, fetch }).read("a");
    expect(totals.length).toBeGreaterThan(1);
    expect(new Set(totals)).toEqual(new Set([undefined]));
  });

  it("reads an empty file", async () => {
    await serving(() => new Response(null), async (base) => {
      expect((await httpFolder(base).read("empty")).length).toBe(0);
    });
  });

  it("names the address and the status when the server does not have the file", async () => {
    await serving(() => new Response("gone", { status: 404 }), async (base) => {
      const read = httpFolder(base).read("unet/model.onnx");
      await expect(read).rejects.toThrow(TypeError);
      await expect(read).rejects.toThrow(`Cannot read ${base}/unet/model.onnx: the server answered 404, expected 200`);
    });
  });

  it("names the address when nobody answers", async () => {
    let base = "";
    await serving(() => new Response(), (address) => {
      base = address;
      return Promise.resolve();
    });
    await expect(httpFolder(base).read("a.json")).rejects.toThrow(`${base}/a.json`);
  });

  it("gives the signal's reason when aborted, before and during a download", async () => {
    const reason = new Error("changed my mind");
    await serving(() => new Response(bytes), async (base) => {
      await expect(httpFolder(base).read("a", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });
    const controller = new AbortController();
    const endless = () =>
      new Response(new ReadableStream({ pull: (stream) => stream.enqueue(bytes) }, { highWaterMark: 0 }));
    await serving(endless, async (base) => {
      const onProgress = () => controller.abort(reason);
      await expect(httpFolder(base, { onProgress }).read("a", { signal: controller.signal })).rejects.toBe(reason);
    });
  });
});
