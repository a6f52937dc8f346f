import { describe, expect, test } from "vitest";
import { appWith, generate, toy } from "../setup.ts";

const app = appWith(toy);

/** Sends something bad; checks that it is refused as OpenAI refuses, and that the next one is served. */
async function refused(body: unknown, init?: RequestInit) {
  const reply = await generate(app, body, init);
  expect(reply.headers.get("x-should-retry")).toBe("false");
  expect(reply.headers.get("content-type")).toBe("application/json");
  const text = await reply.text();
  expect(text.length).toBeLessThan(1000);
  expect(text).not.toMatch(/file:\/\/|\bat .*\.ts:/);
  const { error, ...rest } = JSON.parse(text);
  expect(rest).toEqual({});
  expect(Object.keys(error)).toEqual(["message", "type", "param", "code"]);
  expect(error.type).toBe("invalid_request_error");
  expect((await generate(app, { prompt: "cat", num_inference_steps: 1 })).status).toBe(200);
  return { status: reply.status, ...error };
}

describe("a field", () => {
  test.each<[param: string, body: object, message: string]>([
    ["prompt", {}, "Cannot use prompt: found nothing, expected what to draw: words, or the name of a class"],
    ["prompt", { prompt: null }, "Cannot use prompt: found null, expected what to draw: words, or the name of a class"],
    ["prompt", { prompt: "" }, 'Cannot use prompt: found "", expected what to draw: words, or the name of a class'],
    ["prompt", { prompt: "  " }, 'Cannot use prompt: found "  ", expected what to draw: words, or the name of a class'],
    ["prompt", { prompt: 7 }, "Cannot use prompt: found 7, expected what to draw: words, or the name of a class"],
    [
      "prompt",
      { prompt: ["cat"] },
      "Cannot use prompt: found a list of 1, expected what to draw: words, or the name of a class",
    ],
    [
      "prompt",
      { prompt: { text: "cat" } },
      "Cannot use prompt: found an object, expected what to draw: words, or the name of a class",
    ],
    ["prompt", { prompt: "mouse" }, 'Cannot draw "mouse" with toy: expected one of cat, dog'],
    ["prompt", { prompt: "$&" }, 'Cannot draw "$&" with toy: expected one of cat, dog'],
    ["prompt", { prompt: "x".repeat(30_000) }, "(30002 characters) with toy: expected one of cat, dog"],
    [
      "prompt",
      { prompt: "x".repeat(40_000) },
      "(40002 characters), expected what to draw: words, or the name of a class",
    ],
    ["model", { model: "dall-e-3" }, 'Cannot use model: found "dall-e-3", expected toy'],
    ["model", { model: 3 }, "Cannot use model: found 3, expected the id of a model"],
    ["n", { n: 0 }, "Cannot use n: found 0, expected a whole number from 1 to 10"],
    ["n", { n: 11 }, "Cannot use n: found 11, expected a whole number from 1 to 10"],
    ["n", { n: -1 }, "Cannot use n: found -1, expected a whole number from 1 to 10"],
    ["n", { n: 1.5 }, "Cannot use n: found 1.5, expected a whole number from 1 to 10"],
    ["n", { n: "3" }, 'Cannot use n: found "3", expected a whole number from 1 to 10'],
    ["n", { n: true }, "Cannot use n: found true, expected a whole number from 1 to 10"],
    ["size", { size: "1x1" }, 'Cannot use size: found "1x1", expected "4x4" or "auto", the size that toy draws'],
    ["size", { size: "1024x1024" }, 'expected "4x4" or "auto"'],
    ["size", { size: 4 }, "Cannot use size: found 4"],
    ["seed", { seed: -1 }, "Cannot use seed: found -1, expected a whole number from 0 to 2⁵³ − 1"],
    ["seed", { seed: 0.5 }, "Cannot use seed: found 0.5"],
    ["seed", { seed: "1" }, 'Cannot use seed: found "1"'],
    ["seed", { seed: 2 ** 53 }, "Cannot use seed: found 9007199254740992"],
    ["seed", { seed: Number.MAX_SAFE_INTEGER, n: 2 }, "expected room for n = 2 seeds"],
    ["num_inference_steps", { num_inference_steps: 0 }, "from 1 to 1000"],
    ["num_inference_steps", { num_inference_steps: -5 }, "from 1 to 1000"],
    ["num_inference_steps", { num_inference_steps: 1e9 }, "from 1 to 1000"],
    ["num_inference_steps", { num_inference_steps: 1001 }, "from 1 to 1000"],
    ["num_inference_steps", { num_inference_steps: 2.5 }, "from 1 to 1000"],
    ["num_inference_steps", { num_inference_steps: "20" }, 'found "20"'],
    ["guidance_scale", { guidance_scale: -1 }, "from 0 to 30"],
    ["guidance_scale", { guidance_scale: 1e6 }, "from 0 to 30"],
    ["guidance_scale", { guidance_scale: "2" }, 'found "2"'],
    ["guidance_scale", { guidance_scale: [2] }, "found a list of 1"],
    ["scheduler", { scheduler: "magic" }, 'Cannot find scheduler "magic": expected one of ddpm, '],
    ["scheduler", { scheduler: "" }, "expected one of ddpm, "],
    ["scheduler", { scheduler: "constructor" }, "expected one of ddpm, "],
    ["scheduler", { scheduler: {} }, "found an object"],
    ["eta", { eta: 2 }, "from 0 to 1"],
    ["response_format", { response_format: "jpeg" }, 'expected "b64_json" or "url"'],
    ["response_format", { response_format: "url", stream: true }, 'expected "b64_json" in a stream'],
    ["output_format", { output_format: "webp" }, 'found "webp", expected "png", the only format made here'],
    ["stream", { stream: "yes" }, "expected true or false"],
    ["partial_images", { partial_images: 4, stream: true }, "from 0 to 3"],
    ["partial_images", { partial_images: 2 }, "expected 0, or stream to be true"],
    ["background", { background: "transparent" }, "no picture made here is transparent"],
    ["quality", { quality: "best" }, "Cannot use quality"],
    ["style", { style: "noir" }, "Cannot use style"],
    ["moderation", { moderation: "off" }, "Cannot use moderation"],
    ["output_compression", { output_compression: 101 }, "Cannot use output_compression"],
    ["user", { user: 4 }, "Cannot use user"],
  ])("%s of %o is a 400 that blames it", async (param, fields, message) => {
    const body = param === "prompt" ? fields : { prompt: "cat", ...fields };
    const error = await refused(body);
    expect([error.status, error.param]).toEqual([400, param]);
    expect(error.message).toContain(message);
  });

  test("that is missing has a code of its own", async () => {
    expect((await refused({})).code).toBe("missing_required_parameter");
    expect((await refused({ prompt: "mouse" })).code).toBe("invalid_value");
  });

  test("is refused before a stream begins", async () => {
    expect(await refused({ prompt: "mouse", stream: true })).toMatchObject({ status: 400, param: "prompt" });
  });
});

describe("a body", () => {
  test.each([
    ["nonsense", "nonsense"],
    ["nothing", ""],
    ["blanks", "  \n "],
    ["half an object", '{"prompt": "cat"'],
    ["NaN", '{"prompt": "cat", "seed": NaN}'],
    ["a comma too many", '{"prompt": "cat",}'],
    ["single quotes", "{'prompt': 'cat'}"],
  ])("of %s is a 400 that shows what is expected", async (_, body) => {
    const error = await refused(body);
    expect([error.status, error.param, error.code]).toEqual([400, null, "invalid_json"]);
    expect(error.message).toContain('expected a JSON object such as {"prompt": "ankle boot"}');
  });

  test.each([["null"], ["[]"], ["7"], ['"cat"'], ["true"], ['[{"prompt": "cat"}]']])(
    "%s is a 400: it is no object",
    async (body) => {
      expect(await refused(body)).toMatchObject({ status: 400, param: null, code: "invalid_type" });
    },
  );

  test("with a number beyond all numbers blames its field", async () => {
    expect(await refused('{"prompt": "cat", "guidance_scale": 1e999}')).toMatchObject({
      status: 400,
      param: "guidance_scale",
    });
  });

  test("nested without end is refused or ignored, not followed", async () => {
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    expect(await refused(deep)).toMatchObject({ status: 400 });
    expect(await refused(`{"prompt": ${deep}}`)).toMatchObject({ status: 400, param: "prompt" });
  });

  test("that meddles with prototypes changes nothing", async () => {
    const reply = await generate(
      app,
      '{"prompt": "cat", "__proto__": {"n": 9}, "constructor": {"prototype": {"n": 9}}}',
    );
    expect((await reply.json()).data).toHaveLength(1);
    expect(({} as { n?: number }).n).toBeUndefined();
  });

  test("of more than 256 kB is a 413, with and without a length", async () => {
    const body = JSON.stringify({ prompt: "x".repeat(300_000) });
    expect(await refused(body)).toMatchObject({ status: 413, code: "body_too_large" });
    const chunked = new Blob([body]).stream();
    const init = { body: chunked, duplex: "half" } as RequestInit;
    expect(await refused("", init)).toMatchObject({ status: 413, code: "body_too_large" });
  });

  test("of bytes that are no text is a 400", async () => {
    expect(await refused("", { body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) })).toMatchObject({ status: 400 });
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "",
  ])(
    "of type %o is a 415",
    async (type) => {
      const error = await refused('{"prompt": "cat"}', { headers: { "content-type": type } });
      expect(error).toMatchObject({ status: 415, code: "unsupported_media_type" });
      expect(error.message).toContain("content-type: application/json");
    },
  );

  test.each(["application/json; charset=utf-8", "Application/JSON", "application/vnd.api+json"])(
    "of type %s is read",
    async (type) => {
      expect((await generate(app, { prompt: "cat" }, { headers: { "content-type": type } })).status).toBe(200);
    },
  );

  test("with a byte order mark is read", async () => {
    expect((await generate(app, '\ufeff{"prompt": "cat"}')).status).toBe(200);
  });
});
