import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A text file of the repository. */
export function read(path: string): string {
  return Deno.readTextFileSync(root + path);
}

/** Every file that git keeps or would keep, as paths from the root. */
export function files(): string[] {
  const { stdout, success } = new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: root,
  }).outputSync();
  if (!success) throw new Error("Cannot list the files of the repository: expected a git checkout");
  return new TextDecoder().decode(stdout).split("\0").filter((path) => path !== "" && exists(path));
}

/** Whether a file of git's list is there: it may have been removed since. */
function exists(path: string): boolean {
  try {
    return Deno.lstatSync(root + path).isFile;
  } catch {
    return false;
  }
}

/** The module names that a source file imports; what stands in comments and in quoted programs does not count. */
export function importsOf(source: string): string[] {
  const bare = source.replace(/^[ \t]*\/\*\*?[\s\S]*?\*\//gm, "").replace(/^\s*\/\/.*$/gm, "");
  const code = bare.replace(/`(?:\\.|[^`\\])*`/g, "``");
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name!);
}

/** The rows of the Markdown tables whose head begins with a word, as lists of cells. */
export function tableOf(markdown: string, head: string): string[][] {
  const lines = markdown.split("\n").map((line) => line.trim());
  const rows: string[][] = [];
  lines.forEach((line, i) => {
    if (!cells(line)[0]?.startsWith(head) || !lines[i + 1]?.startsWith("| -")) return;
    for (let row = i + 2; lines[row]?.startsWith("|"); row++) rows.push(cells(lines[row]!));
  });
  return rows;
}

function cells(line: string): string[] {
  return line.startsWith("|") ? line.split("|").slice(1, -1).map((cell) => cell.trim()) : [];
}

/** The words in backquotes of a cell. */
export function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
}

/** Runs Deno itself and gives what it printed, without colours. */
export async function deno(
  args: readonly string[],
  cwd = root,
): Promise<{ readonly code: number; readonly text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
