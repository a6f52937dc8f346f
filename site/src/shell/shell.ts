import { type Fields, isAbout, readState, writeLink, writeState } from "./permalink.ts";

/** Asks every widget on the page for its state, before a link to the same page in the other language is followed. */
export const COLLECT = "unnoise:collect";

/** What a collecting event carries: the hash so far, to which each widget adds its state. */
export type Collected = { hash: string };

export type Shell<State> = {
  readonly state: State;
  /** Changes the state, shows it, and puts it into the address bar. */
  readonly change: (patch: Partial<State>) => void;
};

/** Browsers allow about a hundred address changes in half a minute. */
const ADDRESS_PAUSE = 400;

/**
 * What every widget has: its state in the link, a reset, a button that copies a link, and a way to hand over its state.
 *
 * @param show draws a state; it is called at once, then after every change
 */
export function connectShell<State extends object>(
  element: HTMLElement,
  { name, fields, show }: {
    readonly name: string;
    readonly fields: Fields<State>;
    readonly show: (state: State, changed: ReadonlySet<keyof State>) => void;
  },
): Shell<State> {
  let state = readState(location.hash, name, fields);
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function set(next: State, all = false) {
    const names = Object.keys(fields) as (keyof State)[];
    const changed = new Set(names.filter((key) => all || String(next[key]) !== String(state[key])));
    state = next;
    show(state, changed);
  }

  function change(patch: Partial<State>) {
    set({ ...state, ...patch });
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(history.state, "", writeState(location.hash, name, fields, state) || location.pathname);
    }, ADDRESS_PAUSE);
  }

  addEventListener("hashchange", () => {
    if (location.hash.includes("=")) set(readState(location.hash, name, fields));
  });
  document.addEventListener(COLLECT, (event) => {
    const collected = (event as CustomEvent<Collected>).detail;
    collected.hash = writeState(collected.hash, name, fields, state);
  });
  element.querySelector("[data-reset]")?.addEventListener("click", () => change(readState("", name, fields)));
  element.querySelector("[data-copy]")?.addEventListener("click", async () => {
    const link = new URL(writeLink(name, fields, state), location.href);
    const note = element.querySelector<HTMLElement>("[data-copy-note]");
    try {
      await navigator.clipboard.writeText(link.href);
      if (note) note.textContent = note.dataset.copied ?? "";
    } catch {
      history.replaceState(history.state, "", link);
      if (note) note.textContent = note.dataset.refused ?? "";
    }
  });

  set(state, true);
  element.dataset.ready = "";
  if (isAbout(location.hash, name)) element.scrollIntoView();
  return {
    get state() {
      return state;
    },
    change,
  };
}
