import { SingleBar } from "cli-progress";

/** A bar that shows how far a program has come; nothing where nobody is looking. */
export type Progress = {
  /** Shows how many parts are done, and what is being done. */
  readonly show: (done: number, what: string) => void;
  /** Takes the bar away. */
  readonly stop: () => void;
};

/** Starts a bar of so many parts, steps by default. */
export function startProgress(total: number, { part = "step" }: { readonly part?: string } = {}): Progress {
  const bar = new SingleBar({
    format: `{bar} {percentage} % | ${part} {value} of {total} | {what} | {eta_formatted} left`,
    clearOnComplete: true,
  });
  bar.start(total, 0, { what: "" });
  return { show: (done, what) => bar.update(done, { what }), stop: () => bar.stop() };
}
