import { describe, expect, test } from "vitest";
import { parseSettings, settingsText, settingsTextOfXmp, settingsXmp } from "../../../functions/picture/settings.ts";

const settings = {
  prompt: ['a "slice" of <pizza> & co; it\'s &amp;lt; &lt;', "日本 🍕 Ünïcödé\n\t\u0000\u007f\u2028"],
  seed: 2 ** 53 - 1,
  steps: 0,
  guidance: 0.1,
  sketch: false,
  negative: "",
};

describe("settings", () => {
  test("come back from their text, which is plain ASCII", () => {
    const text = settingsText(settings);
    expect(text).toMatch(/^[ -~]*$/);
    expect(parseSettings(text)).toEqual(settings);
  });

  test("come back from XMP", () => {
    const xmp = settingsXmp(settings);
    expect(xmp).toMatch(/^[ -~]*$/);
    expect(parseSettings(settingsTextOfXmp(xmp)!)).toEqual(settings);
  });

  test.each(["", "not JSON", "[1]", "3", "null", '{"a":{"b":1}}', '{"a":[1]}', '{"a":null}'])("are not %j", (text) => {
    expect(parseSettings(text)).toBeUndefined();
  });

  test("are not in the XMP of others", () => {
    expect(settingsTextOfXmp('<x:xmpmeta><rdf:Description xmp:CreatorTool="a camera"/></x:xmpmeta>')).toBeUndefined();
  });
});
