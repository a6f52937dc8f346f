import { part } from "./parts.ts";

/** A range input with its visible number; both say the same, and so does what a screen reader hears. */
export type Slider = {
  readonly input: HTMLInputElement;
  readonly show: (value: number, text: { readonly shown: string; readonly spoken: string }) => void;
};

export function connectSlider(root: ParentNode, name: string, change: (value: number) => void): Slider {
  const input = part(root, name, HTMLInputElement);
  const output = part(root, `${name}-value`, HTMLElement);
  input.addEventListener("input", () => change(input.valueAsNumber));
  return {
    input,
    show(value, { shown, spoken }) {
      input.value = String(value);
      input.style.setProperty("--part", String((value - Number(input.min)) / (Number(input.max) - Number(input.min))));
      input.setAttribute("aria-valuetext", spoken);
      output.textContent = shown;
    },
  };
}
