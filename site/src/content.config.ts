import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";

/** A lesson is one file a language; both have the same name, which is also the address of the page. */
const lessons = defineCollection({
  loader: glob({ pattern: "*/*.mdx", base: "./src/content/lessons" }),
  schema: z.object({
    title: z.string(),
    /** The one point of the chapter, in a sentence. */
    point: z.string(),
    description: z.string(),
    /** The number of the chapter in the whole course; its order, too. */
    chapter: z.number().int(),
  }),
});

export const collections = { lessons };
