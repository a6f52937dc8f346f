import { type Tensor, torchGenerator } from "@unnoise/lib";
import { fill } from "../../language/language.ts";
import { paint } from "../../picture/paint.ts";
import { onceAFrame, prefersStillness, withoutFlashing } from "../../shell/pace.ts";
import { part, wordsOf } from "../../shell/parts.ts";
import { connectShell } from "../../shell/shell.ts";
import { connectSlider } from "../../shell/slider.ts";
import { histogram, outline } from "./draw.ts";
import { fields, picture, type WalkOrJumpState } from "./state.ts";
import { tellFigures, tellSteps } from "./story.ts";
import { jump, walk } from "./walk.ts";
import type { WalkOrJumpWord } from "./words.ts";

/** Steps between two looks at the clock: short enough to keep the page answering. */
const STRIDE = 25;

/** How long a watched walk takes, and how often it is painted: new noise may not flash faster. */
const WATCH = 2000;
const PAINT = 340;

class WalkOrJump extends HTMLElement {
  connectedCallback() {
    const words = wordsOf<WalkOrJumpWord>(this);
    const canvas = { walk: part(this, "walk", HTMLCanvasElement), jump: part(this, "jump", HTMLCanvasElement) };
    const path = { walk: part(this, "walk-path", SVGElement), jump: part(this, "jump-path", SVGElement) };
    const walkButton = part(this, "walk-button", HTMLButtonElement);
    const walkNote = part(this, "walk-note", HTMLElement);
    const figures = part(this, "figures", HTMLElement);
    const image = picture();
    /** Nothing before the first walk has arrived: until then the page shows the one from the build. */
    let walked: Tensor | undefined;
    let jumped = image;
    let latestWalk = 0;

    const show = onceAFrame(() => {
      paint(canvas.jump, jumped);
      if (walked === undefined) return;
      paint(canvas.walk, walked);
      path.walk.setAttribute("d", outline(histogram(walked.data)));
      path.jump.setAttribute("d", outline(histogram(jumped.data)));
      figures.textContent = tellFigures(words, walked.data, jumped.data);
    });

    function see(x: Tensor, note: string) {
      walked = x;
      walkNote.textContent = note;
      show(undefined);
    }

    /** Walks in strides, so that the page keeps answering; a newer walk ends an older one. */
    async function goWalking({ n, walk: seed }: WalkOrJumpState, watched: boolean) {
      const mine = ++latestWalk;
      const noise = torchGenerator(seed);
      const start = performance.now();
      let [x, step, painted] = [image, 0, 0];
      while (step < n) {
        const passed = performance.now() - start;
        const allowed = watched ? Math.ceil(n * Math.min(1, (passed + PAINT) / WATCH)) : n;
        const to = Math.min(n, step + STRIDE, allowed);
        x = walk(x, { from: step, to, noise });
        step = to;
        if (watched && passed - painted >= PAINT) {
          painted = passed;
          see(x, fill(words.walking, { step, n }));
        }
        await new Promise((resolve) => setTimeout(resolve, watched && step === allowed ? 30 : 0));
        if (mine !== latestWalk) return;
      }
      see(x, fill(words.walked, { n }));
    }

    let watch = false;
    const slider = connectSlider(this, "n", (n) => shell.change({ n }));
    const shell = connectShell<WalkOrJumpState>(this, {
      name: "walk-or-jump",
      fields,
      show: (state, changed) => {
        slider.show(state.n, tellSteps(words, state.n));
        walkButton.textContent = fill(words.walk, { n: state.n });
        if (changed.has("n") || changed.has("jump")) {
          jumped = jump(image, { n: state.n, noise: torchGenerator(state.jump) });
          show(undefined);
        }
        if (changed.has("n") || changed.has("walk")) goWalking(state, watch && !prefersStillness());
        watch = false;
      },
    });
    walkButton.addEventListener("click", () => {
      watch = true;
      shell.change({ walk: (shell.state.walk + 1) % 1000 });
    });
    part(this, "jump-button", HTMLButtonElement).addEventListener(
      "click",
      withoutFlashing(() => shell.change({ jump: (shell.state.jump + 1) % 1000 })),
    );
  }
}

customElements.define("unnoise-walk-or-jump", WalkOrJump);
