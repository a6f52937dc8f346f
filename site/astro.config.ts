import { satteri } from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import { defineConfig } from "astro/config";
import { fileURLToPath } from "node:url";
import { formulas } from "./src/formula/formulas.ts";
import { languages } from "./src/language/language.ts";

const lib = fileURLToPath(new URL("../lib/", import.meta.url));

export default defineConfig({
  trailingSlash: "always",
  i18n: {
    locales: [...languages],
    defaultLocale: languages[0],
    routing: { prefixDefaultLocale: true, redirectToDefaultLocale: false },
  },
  integrations: [mdx()],
  markdown: {
    processor: satteri({ features: { math: true, smartPunctuation: false }, mdastPlugins: [formulas] }),
    syntaxHighlight: false,
  },
  vite: {
    // Vite does not read import maps, so the workspace's own package is named here.
    resolve: {
      alias: [
        { find: /^@unnoise\/lib$/, replacement: `${lib}mod.ts` },
        { find: /^@unnoise\/lib\/(.*)$/, replacement: `${lib}$1.ts` },
      ],
    },
    // Named as the page names it, so that the WebAssembly file that both ask for is written once.
    worker: { format: "es", rolldownOptions: { output: { assetFileNames: "_astro/[name].[hash][extname]" } } },
    // The native runtime only ever serves the build, never a page.
    ssr: { external: ["onnxruntime-node"] },
  },
});
