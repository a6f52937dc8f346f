import type { Frame } from "@unnoise/lib";
import type { Listener } from "../../engine/client.ts";
import { fill } from "../../language/language.ts";
import { part } from "../../shell/parts.ts";
import { type LoopWords, megabytes } from "./story.ts";

/** Tells how a run is going: one line of words, a progress bar, the badge, and which buttons can be pressed. */
export function connectStatus(root: HTMLElement, words: LoopWords) {
  const line = part(root, "status", HTMLElement);
  const trouble = part(root, "trouble", HTMLElement);
  const bar = part(root, "progress", HTMLProgressElement);
  const runButton = part(root, "run", HTMLButtonElement);
  const stopButton = part(root, "stop", HTMLButtonElement);
  const badge = part(root, "badge", HTMLElement);
  const opening = line.textContent ?? "";

  function say(sentence: string) {
    line.textContent = sentence;
    trouble.textContent = "";
  }
  function rest(label: string) {
    bar.hidden = true;
    stopButton.disabled = true;
    runButton.textContent = label;
  }
  const listener: Pick<Listener, "download" | "starting" | "frame"> = {
    download(loaded, total) {
      bar.hidden = false;
      bar.max = total;
      bar.value = Math.min(loaded, total);
      say(`${words.download}: ${fill(words.downloaded, { loaded: megabytes(loaded), total: megabytes(total) })}`);
    },
    starting() {
      bar.removeAttribute("value");
      say(words.starting);
    },
    frame({ index, count }: Frame) {
      bar.hidden = false;
      bar.max = count;
      bar.value = index;
      say(fill(words.running, { step: index, count }));
    },
  };
  return {
    say,
    listener,
    waiting() {
      bar.hidden = false;
      bar.removeAttribute("value");
      stopButton.disabled = false;
      say(words.starting);
    },
    /** From here on the pictures come from the network, as the badge says. */
    live() {
      badge.dataset.kind = "network";
      part(badge, "badge-name", HTMLElement).textContent = root.dataset.networkName ?? "";
      part(badge, "badge-why", HTMLElement).textContent = root.dataset.networkWhy ?? "";
    },
    done(count: number, milliseconds: number) {
      rest(words.again);
      say(fill(words.done, { count, seconds: (milliseconds / 1000).toFixed(1) }));
    },
    stopped() {
      rest(words.run);
      say(words.stopped);
    },
    failed(stage: "load" | "run", message: string) {
      rest(words.retry);
      line.textContent = "";
      trouble.textContent = stage === "load" ? words.loadFailed : fill(words.runFailed, { message });
    },
    /** What is shown is what the settings ask for. */
    fresh() {
      say(badge.dataset.kind === "recorded" ? opening : "");
    },
    stale(shown: { prompt: string; seed: number }) {
      say(fill(words.stale, shown));
    },
  };
}

export type Status = ReturnType<typeof connectStatus>;
