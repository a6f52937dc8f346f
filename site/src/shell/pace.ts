/** Runs only the last of the calls made before the next frame is painted. */
export function onceAFrame<Value>(run: (value: Value) => void): (value: Value) => void {
  let latest: Value;
  let asked = false;
  return (value) => {
    latest = value;
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      run(latest);
    });
  };
}

/** Large areas of new noise may flash at most three times a second (WCAG 2.3.1). */
const FLASH_PAUSE = 340;

/** Runs at once, and then at most three times a second; what comes in between is dropped. */
export function withoutFlashing(run: () => void): () => void {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < FLASH_PAUSE) return;
    last = now;
    run();
  };
}

export function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
