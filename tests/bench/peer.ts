import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Has Python's diffusers draw what is asked for; gives the milliseconds that it took. */
export type Peer = (asked: object) => Promise<number>;

/** Starts Python's diffusers, with as many threads as there are processors; it answers one question after the other. */
export async function startPeer(python: string): Promise<{ readonly ask: Peer; readonly stop: () => Promise<void> }> {
  const script = fileURLToPath(new URL("./peer.py", import.meta.url));
  const child = spawn(python, [script, String(navigator.hardwareConcurrency)], { stdio: ["pipe", "pipe", "ignore"] });
  await once(child, "spawn");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(asked) {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`Cannot time diffusers: ${python} ended, expected it to have torch and diffusers`);
      return Number(value);
    },
    async stop() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}
