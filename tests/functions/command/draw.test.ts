import { describe, expect, test, vi } from "vitest";
import { type DrawingOptions, runOf } from "../../../functions/command/draw.ts";

const told = { steps: 3, guidance: 0, columns: 1, scale: 1, out: "a.png", settings: true } as DrawingOptions;

describe("what the library is told", () => {
  test("is what the command line says, zeros included", () => {
    expect(runOf(told)).toMatchObject({ steps: 3, guidanceScale: 0, previews: "none" });
    expect(runOf(told).negativePrompts).toBeUndefined();
    const more = { ...told, negative: "", frames: "steps", scheduler: "ddim", eta: 0 };
    expect(runOf(more)).toMatchObject({ negativePrompts: [""], previews: "full", scheduler: "ddim", eta: 0 });
  });

  test("comes with an ear for what the model does not know", () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    runOf(told).warn('The model has never seen "zorp": it will guess');
    expect(said).toHaveBeenCalledWith('The model has never seen "zorp": it will guess');
    said.mockRestore();
  });
});
