/** The look of the page, in the colours of the site: light and dark, from phones to screens. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbf9f4; --card: #ffffff; --sunken: #f1ede4; --line: #ddd6c8; --ink: #23211d; --soft: #5e584c;
  --generated: #6a3fb5; --real: #0b6b5c; --bad: #a8430a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15161a; --card: #1d1f25; --sunken: #262931; --line: #363a44; --ink: #e9e6df; --soft: #aeb1ba;
    --generated: #bda2ff; --real: #52d0b4; --bad: #ff9f63;
  }
}
@media print { :root { --paper: #fff; } section, .figures li, li figure { break-inside: avoid; } }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 400 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.25rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 0.5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
p { margin: 0 0 0.75rem; max-width: 42rem; }
.soft, figcaption { color: var(--soft); }
.soft { font-size: 0.9375rem; }
section { margin-top: 2.25rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
ul { list-style: none; margin: 0; padding: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: 0.75rem; margin-top: 1.25rem; }
.figures li { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 0.875rem 1rem; }
.figures b { display: block; font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures .bad { color: var(--bad); }
.figures span { display: block; font-weight: 600; }
.figures small { display: block; color: var(--soft); font-size: 0.875rem; }
.notes { margin-top: 1.25rem; background: var(--sunken); border-left: 4px solid var(--bad); border-radius: 0.25rem; padding: 0.75rem 1rem; }
.notes li + li { margin-top: 0.5rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.5rem; align-items: start; }
.charts figure { margin: 0; min-width: 0; }
.charts svg { display: block; width: 100%; max-width: 30rem; height: auto; }
.charts figcaption { font-size: 0.9375rem; margin-bottom: 0.5rem; }
svg .generated, i.generated { color: var(--generated); }
svg .real, i.real { color: var(--real); }
i.generated, i.real { font-style: normal; font-weight: 600; }
.gallery { display: grid; gap: 0.5rem; margin-bottom: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(calc(var(--size) * var(--of)), 1fr)); }
.small { --size: 3.25rem; } .middle { --size: 5.5rem; } .large { --size: 9rem; }
.gallery.captioned.of-1 { --size: 6rem; } .gallery.captioned.large.of-1 { --size: 9rem; }
.of-1 { --of: 1; } .of-2 { --of: 2; }
.gallery figure { margin: 0; }
.gallery figure > div { display: flex; gap: 2px; }
.gallery img { display: block; flex: 1 1 0; min-width: 0; width: 100%; height: auto; background: #fff; }
.small img, .middle img { image-rendering: pixelated; }
.gallery figcaption { font-size: 0.8125rem; line-height: 1.3; padding-top: 0.25rem; }
details { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; }
summary:focus-visible { outline: 3px solid var(--generated); outline-offset: 2px; border-radius: 0.25rem; }
.table { overflow-x: auto; margin-top: 0.5rem; }
table { border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
`;
