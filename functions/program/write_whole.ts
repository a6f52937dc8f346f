import { chmod, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

const signals = [["SIGINT", 2], ["SIGTERM", 15]] as const;

/**
 * Writes a file wholly or not at all: under another name in the same folder, down to the disk, and only then under its own.
 * Whoever looks sees the old file or the new one; neither an error nor Ctrl-C leaves anything beside it.
 *
 * @throws {TypeError} when it cannot be written
 */
export async function writeWhole(path: string, data: Uint8Array | string): Promise<void> {
  try {
    // A link stays one: what it leads to is replaced.
    const target = await realpath(path).catch(() => path);
    const before = await stat(target).catch(() => undefined);
    // Devices and pipes, /dev/stdout for one, cannot be replaced.
    if (before !== undefined && !before.isFile()) return await writeFile(target, data);
    await replace(target, data, before?.mode);
  } catch (error) {
    throw new TypeError(`Cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
}

async function replace(target: string, data: Uint8Array | string, mode: number | undefined) {
  const temporary = join(dirname(target), `.unnoise-${crypto.randomUUID()}.part`);
  const leaving = signals.map(([signal, number]) => {
    const leave = () => {
      rmSync(temporary, { force: true });
      process.exit(128 + number);
    };
    process.on(signal, leave);
    return () => process.off(signal, leave);
  });
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    if (mode !== undefined) await chmod(temporary, mode & 0o7777);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
    for (const stay of leaving) stay();
  }
}
