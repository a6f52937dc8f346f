import { describe, expect, it } from "vitest";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { webRuntime } from "../../../lib/runtime/web.ts";
import { callFashionNetwork, expectFashionNetwork, expectRefusal } from "./conformance.ts";

describe("webRuntime", () => {
  it("computes as WebAssembly", () => {
    expect(webRuntime().device).toBe("wasm");
  });

  it("says what PyTorch says", async () => {
    await expectFashionNetwork(webRuntime());
  });

  it("agrees with the native runtime to 1e-4", async () => {
    const [web, native] = [await callFashionNetwork(webRuntime()), await callFashionNetwork(nodeRuntime())];
    expect(web.length).toBe(native.length);
    web.forEach((value, i) => expect(Math.abs(value - native[i]!)).toBeLessThan(1e-4));
  });

  it("takes calls side by side, one after the other", async () => {
    const runtime = webRuntime();
    const answers = await Promise.all([
      callFashionNetwork(runtime),
      callFashionNetwork(runtime),
      callFashionNetwork(runtime),
    ]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it("refuses what is no network, and still works afterwards", async () => {
    const runtime = webRuntime();
    await expectRefusal(runtime);
    await expectFashionNetwork(runtime);
  });
});
