import { describe, expect, it } from "vitest";
import { labelOf } from "../../../functions/report/labels.ts";

const labels = ["boot", "ankle boot", "t-shirt", "shirt", "fluent-flat", "pizza"];

describe("labelOf", () => {
  it.each([
    ["ankle boot/0001.png", "ankle boot"],
    ["ankle_boot/0001.png", "ankle boot"],
    ["drawn/T-Shirt/a.webp", "t-shirt"],
    ["shirt-12.png", "shirt"],
    ["t shirt 3.jpeg", "t-shirt"],
    ["ankle-boot.png", "ankle boot"],
    ["fluent-flat/pizza/7.png", "fluent-flat"],
    ["0001.png", undefined],
    ["boots/1.png", undefined],
  ])("reads %s as %s", (name, label) => {
    expect(labelOf({ name, prompt: undefined }, labels)).toBe(label);
  });

  it("finds the longest label in the words of a prompt, where the name says nothing", () => {
    expect(labelOf({ name: "1.png", prompt: "a brown Ankle Boot, fluent flat style" }, labels)).toBe("fluent-flat");
    expect(labelOf({ name: "1.png", prompt: "a brown Ankle Boot" }, labels)).toBe("ankle boot");
    expect(labelOf({ name: "1.png", prompt: "reboot" }, labels)).toBeUndefined();
    expect(labelOf({ name: "pizza/1.png", prompt: "ankle boot" }, labels)).toBe("pizza");
  });
});
