import katex from "katex";
import { defineMdastPlugin } from "satteri";

/** The site's symbols: each has one colour everywhere, which the style sheet gives to its class. */
const symbols = {
  "\\xz": "\\textcolor{clean}{x_0}",
  "\\eps": "\\textcolor{noise}{\\varepsilon}",
  "\\xt": "\\textcolor{noisy}{x_t}",
  "\\xguess": "\\textcolor{guess}{\\hat{x}_0}",
  "\\epsguess": "\\textcolor{noise}{\\hat{\\varepsilon}}",
  "\\abar": "\\bar{\\alpha}_t",
};

/** A formula as MathML, which needs neither a font nor a style sheet of its own. */
export function formula(source: string, display = false): string {
  const markup = katex.renderToString(source, {
    displayMode: display,
    output: "mathml",
    throwOnError: true,
    strict: "error",
    macros: { ...symbols },
  });
  const math = /<math[\s\S]*<\/math>/.exec(markup)?.[0] ?? markup;
  // The TeX source inside is for copying only, and some screen readers read it aloud a second time.
  return math
    .replace(/<annotation[\s\S]*?<\/annotation>/g, "")
    .replace(/mathcolor="(\w+)"/g, 'class="symbol-$1"');
}

/** Renders `$…$` and `$$…$$` while the pages are built. */
export const formulas = defineMdastPlugin({
  name: "formulas",
  inlineMath(node, context) {
    context.replaceNode(node, markup("mdxJsxTextElement", formula(node.value)));
  },
  math(node, context) {
    context.replaceNode(node, markup("mdxJsxFlowElement", `<div class="formula">${formula(node.value, true)}</div>`));
  },
});

function markup<Kind extends "mdxJsxTextElement" | "mdxJsxFlowElement">(type: Kind, html: string) {
  return {
    type,
    name: "Fragment",
    attributes: [{ type: "mdxJsxAttribute" as const, name: "set:html", value: html }],
    children: [],
  };
}
