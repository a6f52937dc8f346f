import { z } from "zod";

/** The options of a run by their long names, as they are written into its picture. */
export type Settings = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Under which name they stand in a PNG file's texts. */
export const KEYWORD = "unnoise";

const NAMESPACE = "urn:unnoise";
const schema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

/** Settings as text: JSON in ASCII alone, which is all that the texts of a PNG file hold for sure. */
export function settingsText(settings: Settings): string {
  return JSON.stringify(settings).replace(/[\u007f-\uffff]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Settings from their text; nothing where it is none of ours. Files come from strangers. */
export function parseSettings(text: string): Settings | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Settings as an XMP packet, which JPEG and WebP files carry. */
export function settingsXmp(settings: Settings): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
    `<rdf:Description rdf:about="" xmlns:${KEYWORD}="${NAMESPACE}" ` +
    `${KEYWORD}:settings="${escaped(settingsText(settings))}"/></rdf:RDF></x:xmpmeta>`;
}

/** The text of the settings in an XMP packet. */
export function settingsTextOfXmp(xmp: string): string | undefined {
  const [, text] = new RegExp(`\\b${KEYWORD}:settings="([^"]*)"`).exec(xmp) ?? [];
  return text === undefined ? undefined : unescaped(text);
}

const entities = [["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"], ['"', "&quot;"], ["'", "&apos;"]] as const;

function escaped(text: string): string {
  return entities.reduce((before, [letter, entity]) => before.replaceAll(letter, entity), text);
}

function unescaped(text: string): string {
  return entities.toReversed().reduce((before, [letter, entity]) => before.replaceAll(entity, letter), text);
}
