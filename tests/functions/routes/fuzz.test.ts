import { mersenne } from "@unnoise/lib";
import { expect, test } from "vitest";
import { appWith, generate, toy } from "../setup.ts";

const BODIES = 1000;

const fields = [
  "prompt",
  "model",
  "n",
  "size",
  "seed",
  "num_inference_steps",
  "guidance_scale",
  "scheduler",
  "eta",
  "response_format",
  "output_format",
  "stream",
  "partial_images",
  "quality",
  "style",
  "background",
  "user",
  "__proto__",
  "toString",
];
const values = [
  '"cat"',
  '"toy"',
  '"ddim"',
  '"auto"',
  '"4x4"',
  '"png"',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  "null",
  "true",
  "false",
  "0",
  "-0",
  "1",
  "3",
  "-1",
  "1.5",
  "1e-300",
  "1e309",
  "-1e309",
  "9007199254740993",
  "1e9",
  "[]",
  "{}",
  "[[[]]]",
  '{"a":{"b":[1,2,{"c":null}]}}',
  "NaN",
  "undefined",
  "",
];

test(`${BODIES} malformed bodies get no reply of 500 or above, and the next good one is served`, async () => {
  const words = mersenne(20261123);
  const below = (count: number) => words.next() % count;
  const pick = (list: readonly string[]) => list[below(list.length)]!;
  const body = () => {
    const parts = Array.from({ length: 1 + below(4) }, () => `${JSON.stringify(pick(fields))}:${pick(values)}`);
    const whole = `{${below(3) === 0 ? "" : '"prompt":"cat",'}${parts.join(below(20) === 0 ? "" : ",")}}`;
    return below(10) === 0 ? whole.slice(0, below(whole.length)) : whole;
  };
  const app = appWith(toy);
  const statuses = new Map<number, number>();
  for (let i = 0; i < BODIES; i++) {
    const sent = body();
    const reply = await generate(app, sent);
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
    const text = await reply.text();
    expect([200, 400], `${sent} got ${reply.status} ${text}`).toContain(reply.status);
    if (reply.status === 400) expect(JSON.parse(text).error.message, sent).toMatch(/^Cannot /);
  }
  // Both ways must have been walked, or the bodies were no test.
  expect(statuses.get(200)).toBeGreaterThan(20);
  expect(statuses.get(400)).toBeGreaterThan(200);
  expect((await generate(app, { prompt: "dog" })).status).toBe(200);
});
