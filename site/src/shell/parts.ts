/** The part of a widget's markup with a `data-part` name. A missing one is a mistake of the widget, not of the reader. */
export function part<Kind extends Element>(root: ParentNode, name: string, kind: abstract new () => Kind): Kind {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof kind)) throw new TypeError(`Cannot find part "${name}": expected a ${kind.name}`);
  return found;
}

/** The words of a widget in the page's language, which its markup carries. */
export function wordsOf<Keys extends string>(element: HTMLElement): Readonly<Record<Keys, string>> {
  return JSON.parse(element.dataset.words ?? "{}");
}
