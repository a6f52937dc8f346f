import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readJson } from "../../../lib/model/read_json.ts";
import { fashionWith } from "../../fixtures/fashion.ts";

const schema = z.looseObject({ size: z.int() });

describe("readJson", () => {
  it("reads what it should hold, and what else is there", async () => {
    expect(await readJson(fashionWith({ "a.json": { size: 3, more: true } }), "a.json", schema)).toEqual({
      size: 3,
      more: true,
    });
  });

  it.each([["{", /a\.json: found no JSON/], [{ size: "3" }, /a\.json: size: /], [undefined, /no such file/]])(
    "names the file that holds %j",
    async (content, words) => {
      const reading = readJson(fashionWith({ "a.json": content }), "a.json", schema);
      await expect(reading).rejects.toThrow(TypeError);
      await expect(reading).rejects.toThrow(words);
    },
  );
});
