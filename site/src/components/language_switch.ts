import { COLLECT, type Collected } from "../shell/shell.ts";

const link = document.querySelector<HTMLAnchorElement>("a[data-language-switch]");

/** The other language opens with every widget as it stands here. */
function takeState() {
  if (link === null) return;
  const collected: Collected = { hash: location.hash };
  document.dispatchEvent(new CustomEvent<Collected>(COLLECT, { detail: collected }));
  link.hash = collected.hash;
}

for (const event of ["pointerdown", "focus", "click"]) link?.addEventListener(event, takeState);
