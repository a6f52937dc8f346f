import type { Entry } from "./read_folder.ts";

/**
 * Which of a judge's labels a picture was asked to show: the name of a folder that it lies in, the name of its file
 * without a number at the end, or the longest label in the words that it was drawn from.
 */
export function labelOf(
  { name, prompt }: Pick<Entry, "name" | "prompt">,
  labels: readonly string[],
): string | undefined {
  const parts = new Set(
    name.replace(/\.\w+$/, "").split("/").flatMap((part) => {
      return [normal(part), normal(part.replace(/[-_ ]*\d+$/, ""))];
    }),
  );
  const words = ` ${normal(prompt ?? "")} `;
  return labels.find((label) => parts.has(normal(label))) ??
    labels.filter((label) => words.includes(` ${normal(label)} `)).sort((a, b) => b.length - a.length)[0];
}

function normal(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
