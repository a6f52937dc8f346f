/** A row of upright sliders that can be drawn across with one stroke, and set one by one with the keys. */
export function connectBars(root: HTMLElement, { change, say }: {
  readonly change: (values: readonly number[]) => void;
  readonly say: (value: number) => string;
}) {
  const inputs = [...root.querySelectorAll<HTMLInputElement>("input")];
  const values = () => inputs.map((input) => input.valueAsNumber);

  function show(next: readonly number[]) {
    inputs.forEach((input, i) => {
      input.value = String(next[i]);
      input.style.setProperty("--part", String(next[i]! / 100));
      input.setAttribute("aria-valuetext", say(next[i]!));
    });
  }

  /** The bar under a pointer takes the pointer's height. */
  function stroke({ clientX, clientY }: PointerEvent) {
    const bar = inputs.find((input) => {
      const { left, right } = input.getBoundingClientRect();
      return clientX >= left && clientX <= right;
    });
    if (bar === undefined) return;
    const { top, height } = bar.getBoundingClientRect();
    bar.value = String(Math.round(100 * Math.min(1, Math.max(0, 1 - (clientY - top) / height))));
    change(values());
  }

  let drawing = false;
  root.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    // The stroke goes on over the other bars, which the browser's own dragging would not do.
    event.preventDefault();
    event.target.focus();
    root.setPointerCapture(event.pointerId);
    drawing = true;
    stroke(event);
  });
  root.addEventListener("pointermove", (event) => {
    if (drawing) stroke(event);
  });
  for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => drawing = false);
  for (const input of inputs) input.addEventListener("input", () => change(values()));
  return { show };
}
