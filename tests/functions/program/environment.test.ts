import { expect, test } from "vitest";
import { readEnvironment } from "../../../functions/program/environment.ts";

test("nothing set is the loopback at port 8000, with the model of garments", () => {
  const expected = { port: 8000, host: "127.0.0.1", device: undefined, models: ["emoji", "fashion"], apiKeys: [] };
  expect(readEnvironment({})).toEqual(expected);
  expect(readEnvironment({ PORT: "", HOST: "", DEVICE: "", MODELS: "", API_KEYS: "" })).toEqual(expected);
});

test("what is set is taken", () => {
  const variables = { PORT: "0", HOST: "::1", DEVICE: "wasm", MODELS: "fashion, faces-32", API_KEYS: "a, b,," };
  expect(readEnvironment(variables)).toEqual({
    port: 0,
    host: "::1",
    device: "wasm",
    models: ["fashion", "faces-32"],
    apiKeys: ["a", "b"],
  });
});

test.each(["abc", "-1", "65536", "80.5", "0x10", "8000 ", "1e3"])("PORT=%s is refused by name", (PORT) => {
  expect(() => readEnvironment({ PORT })).toThrow(/^Cannot listen on port ".+": expected PORT to be from 0 to 65535$/);
});

test.each(["../fashion", "a,,b", "/etc", "."])("MODELS=%s is refused by name", (MODELS) => {
  expect(() => readEnvironment({ MODELS })).toThrow(/^Cannot load model ".*": expected MODELS/);
});
