/** The languages of the site, the first one being what `/` speaks. */
export const languages = ["en", "zh"] as const;

export type Language = typeof languages[number];

/** The same words in every language. */
export type Words<Keys extends string = string> = Readonly<Record<Language, Readonly<Record<Keys, string>>>>;

/** Lists words in every language: a key that one of them lacks does not compile. */
export function words<Keys extends string>(list: Words<Keys>): Words<Keys> {
  return list;
}

/** Puts values into the `{name}` places of a sentence. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** How the `lang` attribute names a language. */
export const tags = { en: "en", zh: "zh-Hans" } as const satisfies Record<Language, string>;

/** The language of the page that is being built: Astro's locale, or the first language where it has none. */
export function languageOf(locale: string | undefined): Language {
  return languages.find((language) => language === locale) ?? languages[0];
}
