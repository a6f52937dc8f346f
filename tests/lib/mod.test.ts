import { describe, expect, it } from "vitest";
import * as lib from "../../lib/mod.ts";
import * as published from "@unnoise/lib";

const rooms = [
  "guidance",
  "image",
  "model",
  "pipeline",
  "prediction",
  "random",
  "sampler",
  "schedule",
  "scheduler",
  "tensor",
];

describe("lib/mod.ts", () => {
  it("is what @unnoise/lib leads to", () => {
    expect(Object.keys(published)).toEqual(Object.keys(lib));
    expect(published.torchGenerator).toBe(lib.torchGenerator);
  });

  it("opens every room", () => {
    const contents = Deno.readTextFileSync(new URL("../../lib/mod.ts", import.meta.url));
    for (const room of rooms) expect(contents).toContain(`from "./${room}/`);
  });

  it("holds what a picture takes, from noise to PNG", () => {
    const names = [
      "torchGenerator",
      "noiseSchedule",
      "levelAt",
      "addNoise",
      "read",
      "euler",
      "sample",
      "createScheduler",
      "catalogue",
      "classifierFree",
      "openModel",
      "httpFolder",
      "textToImage",
      "InvalidOption",
      "toPictures",
      "encodePng",
      "decodePng",
    ];
    expect(Object.keys(lib)).toEqual(expect.arrayContaining(names));
  });

  it("leaves the doors of runtimes and disk closed", () => {
    for (const name of ["nodeRuntime", "webRuntime", "diskFolder"]) expect(lib).not.toHaveProperty(name);
  });
});
