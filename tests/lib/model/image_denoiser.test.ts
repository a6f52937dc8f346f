import { afterAll, describe, expect, it } from "vitest";
import type { Folder } from "../../../lib/model/folder.ts";
import { openImageDenoiser } from "../../../lib/model/image_denoiser.ts";
import { diskFolder } from "../../../lib/model/disk.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const folder = diskFolder(new URL("../../../models/conv-denoiser", import.meta.url));
const model = await openImageDenoiser(folder, nodeRuntime());
afterAll(() => model.release());

function folderWith(facts: string | undefined): Folder {
  return {
    location: "changed",
    read: (path) =>
      path !== "denoiser.json"
        ? folder.read(path)
        : facts === undefined
        ? Promise.reject(new TypeError("Cannot read changed/denoiser.json: there is no such file"))
        : Promise.resolve(new TextEncoder().encode(facts)),
  };
}

describe("openImageDenoiser", () => {
  it("reads what the folder says of the network", () => {
    expect(model).toMatchObject({ name: "conv-denoiser", channels: 3, radius: 2, device: "cpu" });
    expect(model.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it("takes pictures of any size and number", async () => {
    for (const shape of [[1, 3, 1, 1], [2, 3, 7, 3], [1, 3, 40, 9]]) {
      expect((await model.denoise(tensor(shape))).shape).toEqual(shape);
    }
  });

  it("sees no further than it says, and as far", async () => {
    const size = 4 * model.radius + 1;
    const [plain, touched] = [0, 1].map(() => torchGenerator(1).randn([1, 3, size, size]));
    const middle = Math.floor(size / 2);
    touched!.data[middle * size + middle]! += 0.5;
    const [before, after] = [await model.denoise(plain!), await model.denoise(touched!)];
    const reached = new Set<number>();
    after.data.forEach((value, i) => {
      const [x, y] = [i % size, Math.floor(i / size) % size];
      if (value !== before.data[i]) reached.add(Math.max(Math.abs(x - middle), Math.abs(y - middle)));
    });
    expect(Math.max(...reached)).toBe(model.radius);
  });

  it.each([
    [undefined, /no such file/],
    ["{", /JSON/],
    ["{}", /channels/],
    ['{ "channels": 3 }', /radius/],
    ['{ "channels": 0, "radius": 2 }', /channels/],
  ])("refuses a folder whose denoiser.json is %j", async (facts, words) => {
    await expect(openImageDenoiser(folderWith(facts), nodeRuntime())).rejects.toThrow(words);
  });
});
