import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { diskFolder } from "../../../lib/model/disk.ts";

const here = new URL("./", import.meta.url);

describe("diskFolder", () => {
  it("reads files below a path or a file: address", async () => {
    const expected = await Deno.readFile(new URL("disk.test.ts", here));
    for (
      const folder of [diskFolder(here), diskFolder(fileURLToPath(here)), diskFolder(`${fileURLToPath(here)}/../model`)]
    ) {
      expect(new Uint8Array(await folder.read("disk.test.ts"))).toEqual(expected);
    }
  });

  it("names the file that is not there", async () => {
    const read = diskFolder(here).read("unet/model.onnx");
    await expect(read).rejects.toThrow(TypeError);
    await expect(read).rejects.toThrow(/^Cannot read .*unet\/model\.onnx: there is no such file$/);
  });

  it("names the file that cannot be read", async () => {
    await expect(diskFolder(here).read("../model")).rejects.toThrow(/^Cannot read .*model: \S/);
  });

  it("gives the signal's reason when aborted", async () => {
    const reason = new Error("changed my mind");
    await expect(diskFolder(here).read("disk.test.ts", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
