import { fileURLToPath } from "node:url";

/** What the environment variables say. */
export type Environment = {
  /** Where to listen: PORT, 8000 by default; 0 takes any that is free. */
  readonly port: number;
  /** On which address: HOST, 127.0.0.1 by default. */
  readonly host: string;
  /** What computes: DEVICE; the fastest that loads by default. */
  readonly device: string | undefined;
  /** The ids of the models to load: MODELS, separated by commas; "emoji,fashion" by default, the first where none is asked for. */
  readonly models: readonly string[];
  /** The keys that open /v1: API_KEYS, separated by commas; none by default, which only the loopback allows. */
  readonly apiKeys: readonly string[];
};

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

const HIGHEST_PORT = 65_535;
const MODEL_ID = /^\w[\w-]*$/;

/** The folder of the models. */
export const modelsFolder: string = fileURLToPath(new URL("../../models", import.meta.url));

/** The folder of the site as its source, with `dist` in it once it is built. */
export const siteFolder: string = fileURLToPath(new URL("../../site", import.meta.url));

/**
 * Reads the environment variables; an empty one counts as not set.
 *
 * @throws {RangeError} when one holds what it cannot mean; the message names it
 */
export function readEnvironment(variables: Variables): Environment {
  const set = (name: string) => variables[name] === "" ? undefined : variables[name];
  const port = set("PORT") ?? "8000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > HIGHEST_PORT) {
    throw new RangeError(
      `Cannot listen on port ${JSON.stringify(port)}: expected PORT to be from 0 to ${HIGHEST_PORT}`,
    );
  }
  const models = (set("MODELS") ?? "emoji,fashion").split(",").map((id) => id.trim());
  for (const id of models) {
    if (!MODEL_ID.test(id)) {
      throw new RangeError(
        `Cannot load model ${JSON.stringify(id)}: expected MODELS to be like "fashion" or "fashion,other"`,
      );
    }
  }
  const apiKeys = (set("API_KEYS") ?? "").split(",").map((key) => key.trim()).filter((key) => key !== "");
  return { port: Number(port), host: set("HOST") ?? "127.0.0.1", device: set("DEVICE"), models, apiKeys };
}
