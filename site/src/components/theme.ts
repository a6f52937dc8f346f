const KEY = "unnoise:theme";

const root = document.documentElement;
const button = document.querySelector("[data-theme-toggle]");

function show() {
  button?.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
}

button?.addEventListener("click", () => {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, root.dataset.theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  show();
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
  if (localStorage.getItem(KEY) !== null) return;
  root.dataset.theme = matches ? "dark" : "light";
  show();
});

show();
