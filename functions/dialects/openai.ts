import { Buffer } from "node:buffer";
import { catalogue, InvalidOption, type Model, schedulersFor, unread } from "@unnoise/lib";
import type { Drawing, Order } from "../jobs/draw.ts";
import type { Offer } from "../jobs/offer.ts";
import { type GenerationBody, generationSchema } from "../schema/generation.ts";
import { Refusal } from "../schema/refusal.ts";
import { shown } from "../schema/shown.ts";

/** A request to `POST /v1/images/generations`, read. */
export type Generation = {
  /** The id of the model that was asked for. */
  readonly id: string;
  /** The model. */
  readonly model: Model;
  /** What to draw. */
  readonly order: Order;
  /** Whether the pictures are to come as they are made. */
  readonly stream: boolean;
  /** Whether a finished picture is sent as an address (a `data:` URL) or as base64. */
  readonly format: "b64_json" | "url";
  /** What was asked and changes nothing, in sentences. */
  readonly warnings: readonly string[];
};

/** One server-sent event. */
export type ServerEvent = { readonly type: string; readonly [field: string]: unknown };

const SEEDS = 2 ** 32;
const MOST_NAMED = 10;

/** Our options, by the names that requests call them. */
const params: Readonly<Record<string, string>> = {
  prompt: "prompt",
  steps: "num_inference_steps",
  guidanceScale: "guidance_scale",
  scheduler: "scheduler",
  seed: "seed",
  eta: "eta",
};

/**
 * Reads the body of a request.
 *
 * @throws {Refusal} when it is not what it should be; its `param` names the field
 */
export function readGeneration(json: unknown, offers: readonly Offer[]): Generation {
  const body = parse(json);
  const { id, model } = choose(offers, body.model ?? undefined);
  checkSize(body.size ?? "auto", { id, model });
  const stream = body.stream ?? false;
  const format = body.response_format ?? "b64_json";
  const partials = body.partial_images ?? 0;
  if (partials > 0 && !stream) refuse("partial_images", partials, "0, or stream to be true");
  if (format === "url" && stream) refuse("response_format", format, `"b64_json" in a stream`);
  const order: Order = {
    prompt: body.prompt,
    seeds: seedsOf(body),
    steps: body.num_inference_steps ?? undefined,
    guidanceScale: body.guidance_scale ?? undefined,
    scheduler: body.scheduler ?? undefined,
    eta: body.eta ?? undefined,
    partials,
  };
  return { id, model, order, stream, format, warnings: [...warningsFor(body), ...unreadOf(model, body.prompt)] };
}

/** Turns an option that the library cannot meet into a refusal that names the field; other errors stay as they are. */
export function refusalOf(error: unknown, { order }: Generation): unknown {
  if (!(error instanceof InvalidOption)) return error;
  const message = error.message.replace(JSON.stringify(order.prompt), () => shown(order.prompt));
  const param = params[error.option];
  return new Refusal(message, { code: "invalid_value", ...(param === undefined ? {} : { param }) });
}

/** The reply to a request that does not stream. */
export function generationReply(generation: Generation, drawings: readonly Drawing[]) {
  const data = drawings.map(({ png, seed }) => {
    const base64 = toBase64(png);
    return generation.format === "url" ? { url: `data:image/png;base64,${base64}`, seed } : { b64_json: base64, seed };
  });
  const { background, output_format, size } = look(generation);
  return { created: now(), background, output_format, size, data, ...summary(generation) };
}

/** The event that brings a picture, finished or on its way. */
export function drawingEvent(generation: Generation, drawing: Drawing): ServerEvent {
  const { picture, seed, partial, step, steps, png } = drawing;
  const shared = { b64_json: toBase64(png), created_at: now(), ...look(generation), image_index: picture, seed };
  return partial === undefined
    ? { type: "image_generation.completed", ...shared, ...summary(generation) }
    : { type: "image_generation.partial_image", ...shared, partial_image_index: partial, step, steps };
}

/** A model, as `GET /v1/models` lists it. */
export function modelReply({ id, created, model }: Offer) {
  const described = model === undefined ? {} : {
    classes: model.classes,
    size: sizeOf(model),
    scheduler: defaultScheduler(model),
    schedulers: schedulersFor(model.schedulerConfig).map(({ name }) => name),
    device: model.device,
    fingerprint: model.fingerprint,
  };
  return { id, object: "model", created, owned_by: "unnoise", ready: model !== undefined, ...described };
}

function parse(json: unknown): GenerationBody {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new Refusal(`Cannot read the request: found ${shown(json)}, expected an object`, { code: "invalid_type" });
  }
  const result = generationSchema.safeParse(json);
  if (result.success) return result.data;
  const param = String(result.error.issues[0]?.path[0]);
  const value: unknown = Object.entries(json).find(([name]) => name === param)?.[1];
  const { description } = generationSchema.shape[param as keyof typeof generationSchema.shape];
  return refuse(param, value, description ?? "another value");
}

function refuse(param: string, value: unknown, expected: string): never {
  throw new Refusal(`Cannot use ${param}: found ${shown(value)}, expected ${expected}`, {
    param,
    code: value === undefined ? "missing_required_parameter" : "invalid_value",
  });
}

function choose(offers: readonly Offer[], id: string | undefined): { readonly id: string; readonly model: Model } {
  const chosen = id === undefined ? offers[0] : offers.find((offer) => offer.id === id);
  if (chosen === undefined) return refuse("model", id, offers.map((offer) => offer.id).join(" or "));
  const { model } = chosen;
  if (model === undefined) {
    throw new Refusal(`Cannot draw with ${chosen.id} yet: it is still being loaded, expected it to be ready`, {
      status: 503,
      code: "model_loading",
      retryAfter: 1,
    });
  }
  return { id: chosen.id, model };
}

function checkSize(size: string, { id, model }: { readonly id: string; readonly model: Model }) {
  if (size !== "auto" && size !== sizeOf(model)) {
    refuse("size", size, `"${sizeOf(model)}" or "auto", the size that ${id} draws`);
  }
}

function seedsOf({ n, seed }: GenerationBody): number[] {
  const count = n ?? 1;
  // Only 32 bits of a seed count, so no more are drawn: a longer one would look like more choice than there is.
  const first = seed ?? crypto.getRandomValues(new Uint32Array(1))[0]! % (SEEDS - count + 1);
  if (!Number.isSafeInteger(first + (count - 1))) refuse("seed", seed, `room for n = ${count} seeds up to 2⁵³ − 1`);
  return Array.from({ length: count }, (_, k) => first + k);
}

function warningsFor(body: GenerationBody): string[] {
  const warnings = [];
  if ((body.quality ?? "auto") !== "auto") warnings.push("quality changes nothing: there is only one");
  if ((body.style ?? undefined) !== undefined) warnings.push("style changes nothing: the model has only one");
  if ((body.output_compression ?? undefined) !== undefined) {
    warnings.push("output_compression changes nothing: PNG loses nothing");
  }
  const strange = Object.keys(body).filter((name) => !Object.hasOwn(generationSchema.shape, name));
  if (strange.length > 0) {
    const named = strange.slice(0, MOST_NAMED).map(shown).join(", ");
    const rest = strange.length > MOST_NAMED ? ` and ${strange.length - MOST_NAMED} more` : "";
    warnings.push(`Fields that are not known here were ignored: ${named}${rest}`);
  }
  return warnings;
}

/** A class is known or refused; of words a model reads what it can. */
function unreadOf({ classes, read }: Model, prompt: string): string[] {
  return classes.length > 0 ? [] : unread(read(prompt));
}

/** What OpenAI says of every picture. */
function look({ model }: Generation) {
  return { size: sizeOf(model), quality: "auto", background: "opaque", output_format: "png" };
}

/** What closes a reply. Nothing is counted in tokens here, and OpenAI's clients expect the numbers. */
function summary({ id, model, order, warnings }: Generation) {
  const usage = {
    input_tokens: 0,
    output_tokens: 0,
    total_tokens: 0,
    input_tokens_details: { text_tokens: 0, image_tokens: 0 },
  };
  const fingerprint = `${model.fingerprint}:${order.scheduler ?? defaultScheduler(model)}:${model.device}`;
  return { usage, model: id, fingerprint, warnings };
}

function sizeOf({ pictureShape: [, height, width] }: Model): string {
  return `${width}x${height}`;
}

function defaultScheduler({ schedulerConfig }: Model): string | undefined {
  return catalogue.find(({ className }) => className === schedulerConfig._class_name)?.name;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
