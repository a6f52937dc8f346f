import { afterEach, describe, expect, test, vi } from "vitest";
import { chooseRuntime } from "../../../functions/program/runtime.ts";

const addOn = "@unnoise/lib/runtime/node";

afterEach(() => vi.doUnmock(addOn));

describe("what computes", () => {
  test("is the native runtime by default, and what is asked for otherwise", async () => {
    expect(await chooseRuntime()).toMatchObject({ runtime: { device: "cpu" }, note: undefined });
    expect(await chooseRuntime("webgpu")).toMatchObject({ runtime: { device: "webgpu" }, note: undefined });
    expect(await chooseRuntime("wasm")).toMatchObject({ runtime: { device: "wasm" }, note: undefined });
  });

  test("is WebAssembly, with a sentence, where the native add-on cannot be loaded", async () => {
    vi.doMock(addOn, () => {
      throw new Error("libonnxruntime.so.1: cannot open shared object file");
    });
    const { runtime, note } = await chooseRuntime();
    expect(runtime.device).toBe("wasm");
    expect(note).toMatch(
      /^Computing as WebAssembly, about eight times slower: onnxruntime-node cannot be loaded \(.+\)$/,
    );
    await expect(chooseRuntime("cpu")).rejects.toThrow(/^Cannot compute on cpu: onnxruntime-node cannot be loaded \(/);
  });

  test("has to exist", async () => {
    await expect(chooseRuntime("abacus")).rejects.toThrow(
      'Cannot compute on "abacus": expected cpu, cuda, webgpu, coreml, dml or wasm',
    );
  });
});
