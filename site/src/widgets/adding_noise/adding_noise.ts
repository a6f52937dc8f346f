import { addNoise, type Tensor, torchGenerator } from "@unnoise/lib";
import { paint } from "../../picture/paint.ts";
import { draw } from "../../picture/scene.ts";
import { scenes } from "../../picture/scenes.ts";
import { onceAFrame, withoutFlashing } from "../../shell/pace.ts";
import { part, wordsOf } from "../../shell/parts.ts";
import { connectShell } from "../../shell/shell.ts";
import { connectSlider } from "../../shell/slider.ts";
import { connectOwnPicture } from "./own.ts";
import { type AddingNoiseState, fields, levelAfter, offered, pictureNames, SIZE } from "./state.ts";
import { tell } from "./story.ts";
import type { AddingNoiseWord } from "./words.ts";

/** Noise reaches further than pictures do: most of it lies within two and a half. */
const NOISE_REACH = 2.5;

class AddingNoise extends HTMLElement {
  connectedCallback() {
    const words = wordsOf<AddingNoiseWord>(this);
    const canvas = {
      clean: part(this, "clean", HTMLCanvasElement),
      noise: part(this, "noise", HTMLCanvasElement),
      noisy: part(this, "noisy", HTMLCanvasElement),
    };
    const choices = [...this.querySelectorAll<HTMLInputElement>("[name=adding-noise-picture]")];
    const ownChoice = part(this, "own-choice", HTMLElement);
    const texts = {
      alpha: part(this, "alpha", HTMLElement),
      sigma: part(this, "sigma", HTMLElement),
      says: part(this, "says", HTMLElement),
    };
    let own: Tensor | undefined;
    let image = draw(scenes[offered[0]], SIZE);
    let noise = image;

    const show = onceAFrame(({ t }: AddingNoiseState) => {
      paint(canvas.clean, image);
      paint(canvas.noise, noise, NOISE_REACH);
      paint(canvas.noisy, addNoise(image, noise, levelAfter(t)));
      const { alpha, sigma, says, ...slide } = tell(words, t);
      slider.show(t, slide);
      texts.alpha.textContent = alpha;
      texts.sigma.textContent = sigma;
      texts.says.textContent = says;
    });

    const slider = connectSlider(this, "t", (t) => shell.change({ t }));
    const shell = connectShell<AddingNoiseState>(this, {
      name: "adding-noise",
      fields,
      show: (state, changed) => {
        const name = state.picture === "own" && own === undefined ? offered[0] : state.picture;
        if (changed.has("picture")) image = name === "own" ? own! : draw(scenes[name], SIZE);
        if (changed.has("seed")) noise = torchGenerator(state.seed).randn(image.shape);
        for (const choice of choices) choice.checked = choice.value === name;
        show(state);
      },
    });

    for (const choice of choices) {
      choice.addEventListener("change", () => {
        const picture = pictureNames.find((name) => name === choice.value);
        if (picture !== undefined) shell.change({ picture });
      });
    }
    part(this, "new-noise", HTMLButtonElement).addEventListener(
      "click",
      withoutFlashing(() => shell.change({ seed: (shell.state.seed + 1) % 1000 })),
    );
    connectOwnPicture(this, words, (picture) => {
      own = picture;
      image = picture;
      ownChoice.hidden = false;
      shell.change({ picture: "own" });
    });
  }
}

customElements.define("unnoise-adding-noise", AddingNoise);
