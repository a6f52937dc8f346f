import { expect, test } from "vitest";
import { execute, root } from "./setup.ts";

test("deno task start refuses a port that is none before it builds anything", async () => {
  expect(await execute(`${root}/functions/start.ts`, { env: { PORT: "many" } })).toEqual({
    code: 1,
    out: "",
    err: 'Cannot listen on port "many": expected PORT to be from 0 to 65535\n',
  });
});

test("deno task start finds a taken port before it builds anything", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { code, out, err } = await execute(`${root}/functions/start.ts`, { env: { PORT: String(taken.addr.port) } });
  taken.close();
  expect(code).toBe(1);
  expect(err).toContain(`Cannot listen on 127.0.0.1:${taken.addr.port}: the port is taken`);
  expect(err).not.toContain("at file:");
  expect(out).not.toContain("Build the site");
});
