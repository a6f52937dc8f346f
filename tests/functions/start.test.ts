import { expect, test } from "vitest";
import { execute, root } from "./setup.ts";

test("deno task start refuses a port that is none before it builds anything", async () => {
  expect(await execute(`${root}/functions/start.ts`, { env: { PORT: "many" } })).toEqual({
    code: 1,
    out: "",
    err: 'Cannot listen on port "many": expected PORT to be from 0 to 65535\n',
  });
});
