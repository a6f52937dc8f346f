import { encodePng } from "@unnoise/lib";
import { describe, expect, test } from "vitest";
import { isAnimatedPng, pngText } from "../../../functions/picture/png_chunks.ts";
import { rawPng } from "../../fixtures/png.ts";

const dot = { width: 1, height: 1, channels: 1, data: Uint8Array.of(7) } as const;

describe("pngText", () => {
  test("finds a text by its keyword, behind others and behind the pixels", () => {
    const bytes = encodePng(dot, { text: { Software: "x", unnoise: "{}", Title: "\xe4" } });
    expect(pngText(bytes, "unnoise")).toBe("{}");
    expect(pngText(bytes, "Title")).toBe("\xe4");
    expect(pngText(bytes, "unnois")).toBeUndefined();
  });

  test("finds none in a file cut anywhere, and does not stumble", () => {
    const bytes = encodePng(dot, { text: { unnoise: "x" } });
    for (let length = 8; length < bytes.length - 25; length++) {
      expect(pngText(bytes.subarray(0, length), "unnoise")).toBeUndefined();
    }
  });
});

test("a still picture is not animated", () => {
  expect(isAnimatedPng(rawPng({ width: 1, height: 1, depth: 8, colour: 0, rows: [[0]] }))).toBe(false);
});
