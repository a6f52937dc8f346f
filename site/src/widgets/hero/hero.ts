import type { Tensor } from "@unnoise/lib";
import { journey, type Stop } from "../../exact/journey.ts";
import { paint, paintRow } from "../../picture/paint.ts";
import { draw } from "../../picture/scene.ts";
import { sceneNames, scenes } from "../../picture/scenes.ts";
import { onceAFrame, withoutFlashing } from "../../shell/pace.ts";
import { part, wordsOf } from "../../shell/parts.ts";
import { connectShell } from "../../shell/shell.ts";
import { connectSlider } from "../../shell/slider.ts";
import { COUNT, fields, type HeroState, SIZE, stripStops } from "./state.ts";
import { tell } from "./story.ts";
import type { HeroWord } from "./words.ts";

class Hero extends HTMLElement {
  connectedCallback() {
    const words = wordsOf<HeroWord>(this);
    const canvas = {
      main: part(this, "main", HTMLCanvasElement),
      guess: part(this, "guess", HTMLCanvasElement),
      strip: part(this, "strip", HTMLCanvasElement),
    };
    const says = part(this, "says", HTMLElement);
    const known = [...this.querySelectorAll<HTMLElement>("[data-known]")];
    const pictures: readonly Tensor[] = sceneNames.map((name) => draw(scenes[name], SIZE));
    let stops: readonly Stop[] = [];

    const show = onceAFrame(({ at }: HeroState) => {
      const stop = stops[at];
      if (stop === undefined) return;
      paint(canvas.main, stop.x);
      paint(canvas.guess, stop.image);
      known.forEach((element, i) => element.style.setProperty("--weight", stop.weights[i]!.toFixed(3)));
      const story = tell(words, stop, at);
      slider.show(at, story);
      says.textContent = story.says;
    });

    async function travel(state: HeroState) {
      const { seed, picture } = state;
      const way = await journey(pictures, { start: sceneNames.indexOf(picture), seed, count: COUNT });
      if (shell.state.seed !== seed || shell.state.picture !== picture) return;
      stops = way;
      paintRow(canvas.strip, stripStops(stops).map(({ x }) => x));
      show(shell.state);
    }

    const slider = connectSlider(this, "at", (at) => shell.change({ at }));
    const shell = connectShell<HeroState>(this, {
      name: "hero",
      fields,
      show: (state, changed) => {
        if (changed.has("seed") || changed.has("picture")) queueMicrotask(() => travel(state));
        else show(state);
      },
    });
    part(this, "new-noise", HTMLButtonElement).addEventListener(
      "click",
      withoutFlashing(() => shell.change({ seed: (shell.state.seed + 1) % 1000 })),
    );
    part(this, "other-picture", HTMLButtonElement).addEventListener(
      "click",
      withoutFlashing(() => {
        const next = (sceneNames.indexOf(shell.state.picture) + 1) % sceneNames.length;
        shell.change({ picture: sceneNames[next]! });
      }),
    );
  }
}

customElements.define("unnoise-hero", Hero);
