import { describe, expect, test } from "vitest";
import { execute, root } from "./setup.ts";

const main = `${root}/functions/main.ts`;

/** Starts the program on a free port and waits until it says where. */
async function start() {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", main],
    cwd: root,
    env: { PORT: "0" },
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("Ready")) said += (await reader.read()).value ?? "";
  return { child, address: /http:\/\/localhost:\d+/.exec(said)![0].replace("localhost", "127.0.0.1"), reader, said };
}

describe("deno task serve", () => {
  test("listens on the loopback, draws, and ends well on SIGTERM after what it has begun", async () => {
    const { child, address, reader, said } = await start();
    expect(said).toMatch(/^Listening at http:\/\/localhost:\d+, loading emoji, fashion\nReady, computing on cpu\n$/);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const body = { prompt: "bag", num_inference_steps: 40, stream: true, partial_images: 3 };
    const reply = await fetch(`${address}/v1/images/generations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    child.kill("SIGTERM");
    expect((await reply.text()).match(/^event: .*$/gm)).toEqual([
      "event: image_generation.partial_image",
      "event: image_generation.partial_image",
      "event: image_generation.partial_image",
      "event: image_generation.completed",
    ]);
    await reader.cancel();
    expect((await child.status).code).toBe(0);
  });

  test.each([
    ["PORT", "abc", 'Cannot listen on port "abc": expected PORT to be from 0 to 65535'],
    ["PORT", "99999", 'Cannot listen on port "99999": expected PORT to be from 0 to 65535'],
    ["MODELS", "nothing", 'Cannot find model "nothing": expected emoji or fashion'],
    ["HOST", "0.0.0.0", "Cannot listen on 0.0.0.0 without a key: expected API_KEYS to be set, or HOST to be 127.0.0.1"],
    ["DEVICE", "abacus", 'Cannot compute on "abacus": expected cpu, cuda, webgpu, coreml, dml or wasm'],
  ])("%s=%s ends with a sentence", async (name, value, message) => {
    expect(await execute(main, { env: { [name]: value } })).toEqual({ code: 1, out: "", err: `${message}\n` });
  });

  test("says so when the port is taken", async () => {
    const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = taken.addr;
    const { code, err } = await execute(main, { env: { PORT: String(port) } });
    taken.close();
    expect({ code, err }).toEqual({
      code: 1,
      err: `Cannot listen on 127.0.0.1:${port}: the port is taken, expected a free one (set PORT to another)\n`,
    });
  });
});

test("a host that brings its own listener finds the endpoint in deploy/fetch.ts", async () => {
  const script = `
    const { default: { fetch } } = await import(${JSON.stringify(`${root}/functions/deploy/fetch.ts`)});
    const live = await fetch(new Request("http://localhost/livez"));
    console.log(live.status);
    Deno.exit(0);
  `;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    cwd: root,
    env: { API_KEYS: "key" },
  }).output();
  expect({ code, out: new TextDecoder().decode(stdout) }).toEqual({ code: 0, out: "200\n" });
});
