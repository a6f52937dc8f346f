/** Markup that may stand in a page as it is. */
export type Markup = { readonly markup: string };

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

type Part = Markup | string | number | undefined | readonly Part[];

/** A template for markup: what is put in is text and gets escaped, unless it is markup itself. Nothing leaves nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: String.raw({ raw: strings }, ...parts.map(rendered)) };
}

/** Markup that others have made. */
export function made(markup: string): Markup {
  return { markup };
}

function rendered(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string" || typeof part === "number") {
    return String(part).replace(/[&<>"']/g, (letter) => entities[letter]!);
  }
  return "markup" in part ? part.markup : part.map(rendered).join("");
}
