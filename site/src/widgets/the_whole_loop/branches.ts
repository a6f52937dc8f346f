import type { Frame } from "@unnoise/lib";
import type { Engine } from "../../engine/client.ts";
import { fill } from "../../language/language.ts";
import { paint } from "../../picture/paint.ts";
import { part } from "../../shell/parts.ts";
import type { LoopState } from "./state.ts";
import type { Status } from "./status.ts";
import type { LoopWords } from "./story.ts";

/** More would only push the page apart. */
const MOST = 12;

/** Runs that leave the main one at some step: the guess of that step, with new noise added, and on from there. */
export function connectBranches(root: HTMLElement, words: LoopWords, engine: Engine, status: Status) {
  const panel = part(root, "branches", HTMLElement);
  const list = part(root, "branch-list", HTMLElement);
  let grown = 0;

  function clear() {
    grown = 0;
    list.replaceChildren();
    panel.hidden = true;
  }

  function grow({ index, image }: Frame, { prompt, seed, steps, guidance: guidanceScale, scheduler }: LoopState) {
    const item = document.createElement("li");
    const canvas = document.createElement("canvas");
    const note = document.createElement("span");
    canvas.setAttribute("aria-hidden", "true");
    note.textContent = fill(words.branched, { step: index });
    item.append(canvas, note);
    grown++;
    status.waiting();
    engine.run({
      prompt,
      // A seed of its own for every branch, far from those that readers count through.
      seed: seed + 10000 * grown,
      steps,
      guidanceScale,
      scheduler,
      from: { index, image: image.data.slice() },
    }, {
      ...status.listener,
      frame(frame) {
        status.listener.frame(frame);
        if (!item.isConnected) {
          list.append(item);
          if (list.children.length > MOST) list.firstElementChild?.remove();
          panel.hidden = false;
        }
        paint(canvas, frame.image);
      },
      done: (milliseconds) => status.done(steps - index, milliseconds),
      stopped: status.stopped,
      failed: status.failed,
    });
  }

  return { clear, grow };
}
