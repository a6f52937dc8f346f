import type { Language } from "./language.ts";

/** The address of a page, "" being the home page; right below whatever folder the site is served from. */
export function address(base: string, language: Language, page = ""): string {
  return [base.replace(/\/$/, ""), language, ...(page === "" ? [] : [page]), ""].join("/");
}
