import { describe, expect, it } from "vitest";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { expectFashionNetwork, expectRefusal } from "./conformance.ts";

describe("nodeRuntime", () => {
  it("runs on the processor unless told otherwise", () => {
    expect(nodeRuntime().device).toBe("cpu");
    expect(nodeRuntime({ device: "cuda" }).device).toBe("cuda");
  });

  it("says what PyTorch says", async () => {
    await expectFashionNetwork(nodeRuntime());
  });

  it("refuses what is no network", async () => {
    await expectRefusal(nodeRuntime());
  });
});
