import { describe, expect, it } from "vitest";
import { fingerprintOf } from "../../../lib/model/fingerprint.ts";

describe("fingerprintOf", () => {
  it("is the beginning of SHA-256", async () => {
    expect(await fingerprintOf(new TextEncoder().encode("abc"))).toBe("ba7816bf8f01cfea");
  });
});
