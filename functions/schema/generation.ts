import { z } from "zod";

const LONGEST_PROMPT = 32_000;

/** A field that may be left out or null, with the words that say what it takes. */
function field<Schema extends z.ZodType>(schema: Schema, expected: string) {
  return schema.nullish().describe(expected);
}

/**
 * The body of `POST /v1/images/generations`: OpenAI's fields, and ours named as in Hugging Face's text-to-image task.
 *
 * Whatever depends on the model (classes, sizes, steps, schedulers) is not judged here. Each description finishes the
 * sentence "expected …".
 */
export const generationSchema = z.looseObject({
  prompt: z.string().trim().min(1).max(LONGEST_PROMPT).describe("what to draw: words, or the name of a class"),
  model: field(z.string(), "the id of a model"),
  n: field(z.int().min(1).max(10), "a whole number from 1 to 10"),
  size: field(z.string(), `"auto" or a size such as "28x28"`),
  seed: field(z.int().min(0), "a whole number from 0 to 2⁵³ − 1"),
  num_inference_steps: field(z.number(), "a whole number of 1 or more"),
  guidance_scale: field(z.number(), "a number of 0 or more"),
  scheduler: field(z.string(), "the name of a scheduler"),
  eta: field(z.number(), "a number from 0 to 1"),
  response_format: field(z.enum(["b64_json", "url"]), `"b64_json" or "url"`),
  output_format: field(z.literal("png"), `"png", the only format made here`),
  stream: field(z.boolean(), "true or false"),
  partial_images: field(z.int().min(0).max(3), "a whole number from 0 to 3"),
  background: field(z.enum(["auto", "opaque"]), `"auto" or "opaque": no picture made here is transparent`),
  quality: field(
    z.enum(["auto", "low", "medium", "high", "xhigh", "max", "standard", "hd"]),
    `"auto", "low", "medium", "high", "xhigh", "max", "standard" or "hd"`,
  ),
  style: field(z.enum(["vivid", "natural"]), `"vivid" or "natural"`),
  moderation: field(z.enum(["auto", "low"]), `"auto" or "low"`),
  output_compression: field(z.int().min(0).max(100), "a whole number from 0 to 100"),
  user: field(z.string(), "a text"),
  safety_identifier: field(z.string(), "a text"),
});

/** A body of the right shape. */
export type GenerationBody = z.infer<typeof generationSchema>;
