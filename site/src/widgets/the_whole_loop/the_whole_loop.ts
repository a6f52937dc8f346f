import type { Frame, Level } from "@unnoise/lib";
import { connectEngine } from "../../engine/client.ts";
import type { Setup } from "../../engine/messages.ts";
import { forget } from "../../engine/stored.ts";
import { fill } from "../../language/language.ts";
import { paint, paintRow } from "../../picture/paint.ts";
import { fromSheet, NOISE_REACH, shownSample } from "../../recording/sheet.ts";
import { onceAFrame } from "../../shell/pace.ts";
import { part, wordsOf } from "../../shell/parts.ts";
import { connectShell } from "../../shell/shell.ts";
import { connectSlider } from "../../shell/slider.ts";
import { connectBranches } from "./branches.ts";
import { fields, type LoopState, sameRun } from "./state.ts";
import { connectStatus } from "./status.ts";
import { nameOf, tell } from "./story.ts";
import type { LoopWord } from "./words.ts";

/** How long a reader may still be choosing before a new run starts by itself. */
const CHOOSING = 250;

class TheWholeLoop extends HTMLElement {
  connectedCallback() {
    const words = wordsOf<LoopWord>(this);
    const { classes, schedulers, setup, levels }: {
      classes: string[];
      schedulers: string[];
      setup: Setup;
      levels: Level[];
    } = JSON.parse(this.dataset.network!);
    const address = {
      ...setup,
      model: new URL(setup.model, location.href).href,
      wasm: new URL(setup.wasm, location.href).href,
    };
    const engine = connectEngine(address);
    const status = connectStatus(this, words);
    const canvas = {
      noisy: part(this, "noisy", HTMLCanvasElement),
      noise: part(this, "noise", HTMLCanvasElement),
      guess: part(this, "guess", HTMLCanvasElement),
      samples: part(this, "samples", HTMLCanvasElement),
      guesses: part(this, "guesses", HTMLCanvasElement),
    };
    const says = part(this, "says", HTMLElement);
    const controls = {
      prompt: part(this, "prompt", HTMLSelectElement),
      seed: part(this, "seed", HTMLInputElement),
      scheduler: part(this, "scheduler", HTMLSelectElement),
    };
    const loopFields = fields(classes, schedulers);
    let frames: readonly Frame[] = [];
    let count = levels.length - 1;
    /** What the frames were made from: at first what was recorded when the page was built. */
    let made: LoopState = Object.fromEntries(
      Object.entries(loopFields).map(([key, { initial }]) => [key, initial]),
    ) as LoopState;
    /** Whether the reader wants the network: asked for it, and neither stopped it nor saw it fail. */
    let wanted = false;
    /** Whether the slider goes along with the run; it stops as soon as the reader takes it. */
    let followed = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;

    const show = onceAFrame((state: LoopState) => {
      const index = Math.min(state.at, count);
      const frame = frames[Math.min(index, frames.length - 1)];
      slider.input.max = String(count);
      if (frame === undefined) return;
      paint(canvas.noisy, shownSample(frame));
      paint(canvas.noise, frame.noise, NOISE_REACH);
      paint(canvas.guess, frame.image);
      const story = tell(words, frame);
      slider.show(frame.index, story);
      says.textContent = story.says;
    });
    const showStrip = onceAFrame(() => {
      // A run that is under way leaves room for the frames to come.
      const all = Array.from({ length: count + 1 }, (_, i) => frames[Math.min(i, frames.length - 1)]!);
      if (frames.length === 0) return;
      const some = all.length <= 26 ? all : all.filter((_, i) => i % 2 === 0);
      paintRow(canvas.samples, some.map(shownSample));
      paintRow(canvas.guesses, some.map(({ image }) => image));
    });

    function run(state: LoopState) {
      clearTimeout(waiting);
      const arriving: Frame[] = [];
      followed = true;
      const { prompt, seed, steps, guidance: guidanceScale, scheduler } = state;
      wanted = true;
      status.waiting();
      engine.run({ prompt, seed, steps, guidanceScale, scheduler }, {
        ...status.listener,
        frame(frame) {
          if (frame.index === 0) {
            frames = arriving;
            made = state;
            count = frame.count;
            status.live();
            branches.clear();
          }
          arriving.push(frame);
          status.listener.frame(frame);
          if (followed) shell.change({ at: frame.index });
          else show(shell.state);
          showStrip(undefined);
        },
        done: (milliseconds) => status.done(count, milliseconds),
        stopped() {
          wanted = false;
          status.stopped();
        },
        failed(stage, message) {
          wanted = false;
          status.failed(stage, message);
        },
      });
    }

    const slider = connectSlider(this, "at", (at) => {
      followed = false;
      shell.change({ at });
    });
    const steps = connectSlider(this, "steps", (steps) => shell.change({ steps }));
    const guidance = connectSlider(this, "guidance", (guidance) => shell.change({ guidance }));
    const branches = connectBranches(this, words, engine, status);
    const shell = connectShell<LoopState>(this, {
      name: "the-whole-loop",
      fields: loopFields,
      show: (state, changed) => {
        controls.prompt.value = state.prompt;
        if (document.activeElement !== controls.seed || changed.has("seed")) controls.seed.value = String(state.seed);
        controls.scheduler.value = state.scheduler;
        steps.show(state.steps, {
          shown: String(state.steps),
          spoken: fill(words.stepsSpoken, { steps: state.steps }),
        });
        guidance.show(state.guidance, {
          shown: state.guidance.toFixed(1),
          spoken: fill(words.guidanceSpoken, { guidance: state.guidance.toFixed(1) }),
        });
        show(state);
        if ([...changed].every((key) => key === "at")) return;
        // Once the network is here, changes are answered by themselves; the newest one wins.
        clearTimeout(waiting);
        if (wanted) waiting = setTimeout(() => run(shell.state), CHOOSING);
        else if (sameRun(state, made)) status.fresh();
        else status.stale({ prompt: nameOf(words, made.prompt), seed: made.seed });
      },
    });

    controls.prompt.addEventListener("change", () => shell.change({ prompt: controls.prompt.value }));
    controls.scheduler.addEventListener("change", () => {
      const scheduler = loopFields.scheduler.parse(controls.scheduler.value);
      if (scheduler !== undefined) shell.change({ scheduler });
    });
    controls.seed.addEventListener("change", () => {
      const seed = loopFields.seed.parse(controls.seed.value);
      if (seed === undefined) controls.seed.value = String(shell.state.seed);
      else shell.change({ seed });
    });
    part(this, "new-seed", HTMLButtonElement).addEventListener("click", () => {
      shell.change({ seed: (shell.state.seed + 1) % 10000 });
    });
    part(this, "run", HTMLButtonElement).addEventListener("click", () => run(shell.state));
    part(this, "stop", HTMLButtonElement).addEventListener("click", () => {
      clearTimeout(waiting);
      engine.abort();
    });
    part(this, "branch", HTMLButtonElement).addEventListener("click", () => {
      const frame = frames[Math.min(shell.state.at, frames.length - 1)];
      if (frame !== undefined && frame.index < count) branches.grow(frame, made);
    });
    part(this, "forget", HTMLButtonElement).addEventListener("click", async () => {
      await forget();
      status.say(words.forgotten);
    });

    recordedFrames(part(this, "sheet", HTMLImageElement), levels).then((recorded) => {
      if (frames.length > 0) return;
      frames = recorded;
      show(shell.state);
      showStrip(undefined);
    });
  }
}

/** The recording is a picture that the page holds anyway; its pixels are the frames. */
async function recordedFrames(sheet: HTMLImageElement, levels: readonly Level[]): Promise<Frame[]> {
  sheet.loading = "eager";
  await sheet.decode();
  const canvas = new OffscreenCanvas(sheet.naturalWidth, sheet.naturalHeight);
  const context = canvas.getContext("2d");
  if (context === null) return [];
  context.drawImage(sheet, 0, 0);
  return fromSheet(context.getImageData(0, 0, canvas.width, canvas.height), levels);
}

customElements.define("unnoise-the-whole-loop", TheWholeLoop);
