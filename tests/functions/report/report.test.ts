import { evaluate, type Evaluation, type Judge, type Tensor, tensor, torchGenerator } from "@unnoise/lib";
import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import { report } from "../../../functions/report/report.ts";
import { summary } from "../../../functions/report/summary.ts";

const COUNT = 24;

function pictures(seed: number): Tensor {
  const { data, shape } = torchGenerator(seed).randn([COUNT, 1, 12, 12]);
  return tensor(shape, data.map((value) => Math.tanh(value)));
}

/** A judge of brightness, with as many labels as are wanted. */
function judgeOf(count: number): Judge {
  return {
    shape: [1, 12, 12],
    labels: { kind: Array.from({ length: count }, (_, i) => `<label ${i}>`) },
    judge: ({ data, shape: [pictures = 0] }) => {
      const scores = tensor(
        [pictures, count],
        Float32Array.from({ length: pictures * count }, (_, i) => {
          return -Math.abs(i % count - Math.floor(i / count) % 3);
        }),
      );
      const features = tensor([pictures, 2], Float32Array.from({ length: pictures * 2 }, (_, i) => data[i * 72]!));
      return Promise.resolve({ scores: { kind: scores }, features });
    },
    release: () => Promise.resolve(),
  };
}

const sets = { generated: pictures(1), real: pictures(2), training: pictures(3) };
const asked = (count: number) => ({ kind: Array.from({ length: COUNT }, (_, i) => `<label ${i % count}>`) });

describe("report, of everything", () => {
  let evaluation: Evaluation;
  let page: string;
  let document: Document;

  beforeAll(async () => {
    evaluation = await evaluate({ ...sets, pairs: true, judge: judgeOf(4), asked: asked(4), known: asked(3) });
    page = report(evaluation, sets, { title: "A & B", names: asked(4).kind });
    document = parseHTML(page).document;
  });

  it("is one file that asks for no other", () => {
    expect(page.slice(0, 15)).toBe("<!doctype html>");
    const sources = [...document.querySelectorAll("img")].map((image) => image.getAttribute("src"));
    expect(sources.length).toBeGreaterThan(2 * COUNT);
    expect(sources.every((source) => /^data:image\/png;base64,[A-Za-z0-9+/=]+$/.test(source!))).toBe(true);
    expect(document.querySelectorAll("link, script, iframe, [srcset], [href]")).toHaveLength(0);
    const bare = page.replaceAll(/base64,[^"]+/g, "");
    expect(bare.match(/url\(|@import|undefined|NaN/g)).toBeNull();
  });

  it("says what was measured", () => {
    const figures = [...document.querySelectorAll(".figures li")].map((item) =>
      item.querySelector("span")!.textContent
    );
    expect(figures).toEqual(["PSNR", "SSIM", "Shows what was asked for", "Fréchet distance", "Memorised or new?"]);
    const titles = [...document.querySelectorAll("h2")].map(({ textContent }) => textContent);
    expect(titles).toEqual(["Pair by pair", "Asked for and seen: class", "As a set", "Memorised or new?", "Pictures"]);
    expect(document.querySelector(".figures")!.textContent).toContain("25\u00a0%");
    const cells = [...document.querySelectorAll("tbody tr td:nth-child(3)")].map(({ textContent }) => textContent);
    expect(cells).toEqual([...Array<string>(3).fill("33.3\u00a0%"), "0\u00a0%"]);
  });

  it("labels each chart as one picture, and each picture", () => {
    const charts = [...document.querySelectorAll("svg")];
    expect(charts).toHaveLength(6);
    for (const chart of charts) {
      expect(chart.getAttribute("role")).toBe("img");
      expect(chart.getAttribute("aria-label")!.length).toBeGreaterThan(10);
      expect(chart.querySelectorAll("g[aria-label]")).toHaveLength(0);
    }
    expect([...document.querySelectorAll("img")].every((image) => image.hasAttribute("alt"))).toBe(true);
  });

  it("takes names as text", () => {
    expect(document.querySelector("title")!.textContent).toBe("A & B");
    expect(page.includes("&lt;label 0&gt;")).toBe(true);
    expect(document.querySelector("label")).toBeNull();
  });

  it("has a summary for terminals", () => {
    const lines = summary(evaluation).map((line) => line.replaceAll("\u00a0", " "));
    expect(lines.slice(0, 2)).toEqual(["24 generated and 24 real pictures", expect.stringMatching(/^PSNR \d/)]);
    expect(lines[2]).toBe("kind: 25 % judged to be what was asked for; real pictures 100 %");
    expect(lines.join("\n")).toMatch(
      /Fréchet distance [\d.]+\n {2}over 12 pictures each.*\nMemorised or new: new; 0 of 24/,
    );
  });
});

describe("report", () => {
  it("does without what was not measured", async () => {
    const options = { ...sets, training: undefined };
    const page = report(await evaluate({ ...options, pairs: true }), options);
    const { document } = parseHTML(page);
    expect([...document.querySelectorAll("h2")].map(({ textContent }) => textContent)).toEqual([
      "Pair by pair",
      "Pictures",
    ]);
  });

  it("shows equal pairs without a chart of infinities", async () => {
    const options = { generated: sets.real, real: sets.real, training: undefined };
    const page = report(await evaluate({ ...options, pairs: true }), options);
    expect(page.includes("24 are equal to the last bit.")).toBe(true);
    expect(page.includes("∞ dB")).toBe(true);
    expect(parseHTML(page).document.querySelectorAll("svg")).toHaveLength(1);
  });

  it("keeps charts readable where there are many labels", async () => {
    const options = { ...sets, training: undefined };
    const judge = judgeOf(500);
    const names = { kind: Array.from({ length: COUNT }, (_, i) => `<label ${i * 7}>`) };
    const evaluation = await evaluate({ ...options, judge, asked: names });
    const { document } = parseHTML(report(evaluation, options));
    expect(document.querySelectorAll("svg")).toHaveLength(2);
    expect(document.querySelectorAll("tbody tr")).toHaveLength(COUNT);
    expect(document.querySelector(".figures")!.textContent).toContain("among the judge's first five");
    expect(summary(evaluation)[1]).toContain("among the first five");
  });

  it("warns in red of copies, and quotes its notes", async () => {
    const options = { ...sets, generated: sets.training };
    const page = report(await evaluate({ ...options, real: sets.real, pairs: true }), options);
    const { document } = parseHTML(page);
    expect(document.querySelector("b.bad")!.textContent).toBe("Copies");
    expect(page.includes("copied? equal")).toBe(true);
    const leaked = await evaluate({ ...sets, real: sets.training });
    const text = parseHTML(report(leaked, sets)).document.querySelector(".notes")!.textContent;
    expect(text).toContain("24 of 24 real pictures stand in the training set, too");
  });
});
