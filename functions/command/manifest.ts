import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import type { Settings } from "../picture/settings.ts";
import { writeWhole } from "../program/write_whole.ts";

/** One picture of a folder of variations. */
export type Entry = {
  /** Its file, seen from the folder. */
  readonly file: string;
  /** The picture that it was made of, seen from the folder of those. */
  readonly source: string;
  /** What both show. */
  readonly label: string;
  /** The seed that it grew from. */
  readonly seed: number;
  /** Which of the source's variations it is, from 0. */
  readonly variation: number;
};

/** A file of JSON lines: the first says how all pictures were made, each other names one. */
export type Manifest = {
  /** Whether a picture is in it. */
  readonly has: (file: string) => boolean;
  /** How many pictures are in it. */
  readonly size: () => number;
  /** Adds a picture that is there. */
  readonly add: (entry: Entry) => Promise<void>;
  /** Gives the file back. */
  readonly close: () => Promise<void>;
};

const entrySchema = z.looseObject({ file: z.string() });

/**
 * Opens a manifest to go on with it, or begins one. A last line that was cut short, by a power cut for one, is taken away.
 *
 * @throws {TypeError} when the pictures in it were made in another way, or the file is none of ours
 */
export async function openManifest(path: string, settings: Settings): Promise<Manifest> {
  const head = JSON.stringify({ settings });
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new TypeError(`Cannot read ${path}: ${error.message}`, { cause: error });
  });
  const [first, ...lines] = text.split("\n").slice(0, -1);
  if (text === "") await writeWhole(path, `${head}\n`);
  else if (first !== head) {
    throw new TypeError(
      `Cannot go on with ${path}: ${difference(first ?? text, settings)}, expected the same or another --out`,
    );
  } else if (!text.endsWith("\n")) await writeWhole(path, [first, ...lines, ""].join("\n"));
  const known = new Set(lines.map((line) => fileOf(path, line)));
  const file = await open(path, "a").catch((error) => {
    throw new TypeError(`Cannot write ${path}: ${error.message}`, { cause: error });
  });
  return {
    has: (name) => known.has(name),
    size: () => known.size,
    async add(entry) {
      // One write a line: nobody sees half of it.
      await file.appendFile(`${JSON.stringify(entry)}\n`);
      known.add(entry.file);
    },
    close: () => file.close(),
  };
}

function fileOf(path: string, line: string): string {
  try {
    return entrySchema.parse(JSON.parse(line)).file;
  } catch (error) {
    throw new TypeError(`Cannot go on with ${path}: found ${JSON.stringify(line)}, expected JSON lines of ours`, {
      cause: error,
    });
  }
}

function difference(line: string, settings: Settings): string {
  try {
    const before = (JSON.parse(line) as { readonly settings: Settings }).settings;
    const changed = [...new Set([...Object.keys(before), ...Object.keys(settings)])].filter((key) => {
      return JSON.stringify(before[key]) !== JSON.stringify(settings[key]);
    });
    return `its pictures were made with ${
      changed.map((key) => `${key} ${before[key] ?? "left out"} instead of ${settings[key] ?? "left out"}`).join(", ")
    }`;
  } catch {
    return "it is no manifest of ours";
  }
}
