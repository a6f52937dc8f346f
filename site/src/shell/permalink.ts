/** How one value of a widget's state is read from a link. Nonsense gives undefined, and the default stays. */
export type Field<Value> = {
  readonly initial: Value;
  readonly parse: (text: string) => Value | undefined;
};

export type Fields<State> = { readonly [Key in keyof State]: Field<State[Key]> };

/** A number from `min` to `max`, whole unless `step` says otherwise. */
export function number(initial: number, { min, max, step = 1 }: { min: number; max: number; step?: number }) {
  return {
    initial,
    parse(text: string) {
      const value = text.trim() === "" ? NaN : Number(text);
      if (!(value >= min && value <= max)) return undefined;
      return Number((min + Math.round((value - min) / step) * step).toFixed(6));
    },
  } satisfies Field<number>;
}

export function choice<Value extends string>(initial: Value, values: readonly Value[]): Field<Value> {
  return { initial, parse: (text) => values.find((value) => value === text) };
}

/** A fixed count of whole numbers, separated by points, which need no escape in a link. */
export function numbers(
  initial: readonly number[],
  { min, max }: { min: number; max: number },
): Field<readonly number[]> {
  return {
    initial,
    parse(text) {
      const values = text.split(".").map((part) => part === "" ? NaN : Number(part));
      const valid = values.length === initial.length &&
        values.every((v) => Number.isInteger(v) && v >= min && v <= max);
      return valid ? values : undefined;
    },
  };
}

/** The key that says which widget a copied link is about, so that the page can move there. */
const ABOUT = "at";

/** The state that a link's hash gives a widget; whatever it does not say, or says wrongly, is the default. */
export function readState<State>(hash: string, widget: string, fields: Fields<State>): State {
  const link = parameters(hash);
  const state = {} as State;
  for (const key of keys(fields)) {
    const text = link.get(`${widget}.${String(key)}`);
    const { initial, parse } = fields[key];
    state[key] = (text === null ? undefined : parse(text)) ?? initial;
  }
  return state;
}

/** The hash with a widget's state put into it; other widgets' states stay, defaults are left out. */
export function writeState<State>(hash: string, widget: string, fields: Fields<State>, state: State): string {
  const link = parameters(hash);
  for (const key of keys(fields)) {
    const name = `${widget}.${String(key)}`;
    const text = serialise(state[key]);
    if (text === serialise(fields[key].initial)) link.delete(name);
    else link.set(name, text);
  }
  link.delete(ABOUT);
  return link.size === 0 ? "" : `#${link}`;
}

/** The hash of a copied link: it also says which widget it is about. */
export function writeLink<State>(widget: string, fields: Fields<State>, state: State): string {
  const link = parameters(writeState("", widget, fields, state));
  link.set(ABOUT, widget);
  return `#${link}`;
}

export function isAbout(hash: string, widget: string): boolean {
  return parameters(hash).get(ABOUT) === widget;
}

/** A hash without `=` names a heading, and holds no state. */
function parameters(hash: string): URLSearchParams {
  return new URLSearchParams(hash.includes("=") ? hash.replace(/^#/, "") : "");
}

function serialise(value: unknown): string {
  return Array.isArray(value) ? value.join(".") : String(value);
}

function keys<State>(fields: Fields<State>): (keyof State)[] {
  return Object.keys(fields) as (keyof State)[];
}
