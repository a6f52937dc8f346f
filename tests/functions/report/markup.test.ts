import { describe, expect, it } from "vitest";
import { html, made } from "../../../functions/report/markup.ts";

describe("html", () => {
  it("escapes text, and leaves markup", () => {
    const bold = html`<b>${"a < b & \"c\" 'd'"}</b>`;
    expect(bold.markup).toBe("<b>a &lt; b &amp; &quot;c&quot; &#39;d&#39;</b>");
    expect(html`<p>${[bold, made("<br>"), 0]}${undefined}</p>`.markup).toBe(`<p>${bold.markup}<br>0</p>`);
  });
});
