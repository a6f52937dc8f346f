import { lookup } from "@unnoise/lib";
import { literal } from "./snippet.ts";

const form = document.querySelector<HTMLFormElement>("[data-sampler-search]")!;
const pages: Readonly<Record<string, string>> = JSON.parse(form.dataset.pages!);
const input = form.querySelector("input")!;
const [link, config, note] = [form.querySelector("a")!, form.querySelector("code")!, form.querySelector("span")!];

/** Shows the sampler of a name: its page and its config, or why there is none. */
function show(name: string) {
  link.hidden = config.hidden = note.hidden = true;
  if (name === "") return;
  config.hidden = false;
  try {
    const { _class_name, ...options } = lookup(name);
    link.hidden = false;
    link.href = pages[_class_name]!;
    link.textContent = _class_name;
    config.textContent = literal({ _class_name, ...options });
  } catch (error) {
    note.hidden = false;
    note.textContent = form.dataset.notFound!;
    config.textContent = (error as Error).message;
  }
}

input.addEventListener("input", () => show(input.value.trim()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!link.hidden) location.href = link.href;
});
form.hidden = false;
show(input.value.trim());
