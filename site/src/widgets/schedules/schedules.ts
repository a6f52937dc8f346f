import { addNoise, levelAt, torchGenerator } from "@unnoise/lib";
import { fill } from "../../language/language.ts";
import { paint, paintRow } from "../../picture/paint.ts";
import { draw } from "../../picture/scene.ts";
import { scenes } from "../../picture/scenes.ts";
import { onceAFrame } from "../../shell/pace.ts";
import { part, wordsOf } from "../../shell/parts.ts";
import { connectShell } from "../../shell/shell.ts";
import { connectSlider } from "../../shell/slider.ts";
import { connectBars } from "./bars.ts";
import { across, type ChartName, charts, curve, down, path, valueAt } from "./draw.ts";
import {
  betaOf,
  COUNT,
  drawnSchedule,
  fields,
  halfSignal,
  scheduleFor,
  scheduleNames,
  type SchedulesState,
  SIZE,
  stripTimes,
} from "./state.ts";
import { tell } from "./story.ts";
import type { SchedulesWord } from "./words.ts";

/** The same noise as everywhere on the site. */
const SEED = 5;

class Schedules extends HTMLElement {
  connectedCallback() {
    const words = wordsOf<SchedulesWord>(this);
    const canvas = { strip: part(this, "strip", HTMLCanvasElement), here: part(this, "here", HTMLCanvasElement) };
    const says = part(this, "says", HTMLElement);
    const bars = part(this, "bars", HTMLElement);
    const choices = [...this.querySelectorAll<HTMLInputElement>("[name=schedules-schedule]")];
    const cursors = this.querySelectorAll<SVGElement>(".cursor");
    const image = draw(scenes.boat, SIZE);
    const noise = torchGenerator(SEED).randn(image.shape);

    const showTime = onceAFrame((state: SchedulesState) => {
      const level = levelAt(scheduleFor(state), state.t);
      paint(canvas.here, addNoise(image, noise, level));
      for (const cursor of cursors) {
        cursor.setAttribute("transform", `translate(${across(state.t, COUNT).toFixed(1)} 0)`);
      }
      this.style.setProperty("--time", String(state.t / (COUNT - 1)));
      const story = tell(words, state);
      slider.show(state.t, story);
      says.textContent = story.says;
    });

    const showSchedule = onceAFrame((state: SchedulesState) => {
      const schedule = scheduleFor(state);
      this.dataset.schedule = state.schedule;
      bars.hidden = state.schedule !== "own";
      for (const choice of choices) choice.checked = choice.value === state.schedule;
      paintRow(canvas.strip, stripTimes().map((time) => addNoise(image, noise, levelAt(schedule, time))));
    });

    const showOwn = onceAFrame(({ own }: SchedulesState) => {
      const schedule = drawnSchedule(own);
      const time = halfSignal(schedule);
      for (const name of Object.keys(charts) as ChartName[]) {
        const chart = part(this, name, HTMLElement);
        chart.querySelector(".curve.own")?.setAttribute("d", path(curve(schedule, name), name, COUNT));
        const dot = chart.querySelector(".half.own");
        dot?.setAttribute("visibility", time === undefined ? "hidden" : "visible");
        if (time === undefined) continue;
        dot?.setAttribute("cx", String(across(time, COUNT)));
        dot?.setAttribute("cy", String(down(valueAt(schedule, name, time), name)));
      }
    });

    const drawing = connectBars(bars, {
      change: (own) => shell.change({ own }),
      say: (bar) => fill(words.betaValue, { beta: betaOf(bar).toFixed(4) }),
    });
    const slider = connectSlider(this, "t", (t) => shell.change({ t }));
    const shell = connectShell<SchedulesState>(this, {
      name: "schedules",
      fields,
      show: (state, changed) => {
        if (changed.has("own")) {
          drawing.show(state.own);
          showOwn(state);
        }
        if (changed.has("schedule") || changed.has("own")) showSchedule(state);
        showTime(state);
      },
    });
    for (const choice of choices) {
      choice.addEventListener("change", () => {
        const schedule = scheduleNames.find((name) => name === choice.value);
        if (schedule !== undefined) shell.change({ schedule });
      });
    }
  }
}

customElements.define("unnoise-schedules", Schedules);
