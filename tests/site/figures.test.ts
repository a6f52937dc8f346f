import { readdir } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { levelAt, logSnr, tensor, torchGenerator } from "@unnoise/lib";
import { expect, test } from "vitest";
import { pack, unpack } from "../../site/src/engine/frames.ts";
import { fill, type words } from "../../site/src/language/language.ts";
import { fromSheet, shownSample, toSheet } from "../../site/src/recording/sheet.ts";
import { across, curve, down, frame } from "../../site/src/widgets/schedules/draw.ts";
import { COUNT, drawnSchedule, halfSignal, known } from "../../site/src/widgets/schedules/state.ts";
import { histogram, meanAndSpread, outline } from "../../site/src/widgets/walk_or_jump/draw.ts";
import { jump, levelAfter, walk } from "../../site/src/widgets/walk_or_jump/walk.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const widgets = join(root, "site/src/widgets");

test("half signal lies where the papers' schedules put it", () => {
  expect(halfSignal(known.linear)).toBe(258);
  expect(halfSignal(known.scaled)).toBe(354);
  expect(halfSignal(known.cosine)).toBe(495);
  expect(halfSignal(drawnSchedule([0, 0, 0]))).toBeUndefined();
});

test("a drawn schedule runs in straight lines from bar to bar", () => {
  const { betas } = drawnSchedule([0, 100, 0]);
  expect(betas.length).toBe(COUNT);
  expect(betas[0]).toBe(0);
  expect(betas[250]! / betas[499]!).toBeCloseTo(0.5, 2);
  expect(Math.max(...betas)).toBeCloseTo(0.03, 4);
});

test("curves stay inside their frame, and fall", () => {
  for (const schedule of Object.values(known)) {
    for (const chart of ["signal", "snr"] as const) {
      const points = curve(schedule, chart);
      points.forEach(({ t, value }, i) => {
        expect(across(t, COUNT)).toBeLessThanOrEqual(frame.width - frame.right);
        expect(down(value, chart)).toBeGreaterThanOrEqual(frame.top);
        expect(down(value, chart)).toBeLessThanOrEqual(frame.height - frame.bottom);
        if (i > 0) expect(value).toBeLessThanOrEqual(points[i - 1]!.value);
      });
    }
  }
  expect(logSnr(levelAt(known.cosine, 0))).toBeGreaterThan(10);
});

test("a walk of many steps has the mean and the spread of one jump", () => {
  const image = tensor([1, 3, 48, 48], new Float32Array(6912).fill(0.4));
  for (const n of [1, 50, 300]) {
    const walked = meanAndSpread(walk(image, { from: 0, to: n, noise: torchGenerator(1) }).data);
    const jumped = meanAndSpread(jump(image, { n, noise: torchGenerator(2) }).data);
    expect(walked[0]).toBeCloseTo(jumped[0], 1);
    expect(walked[1]).toBeCloseTo(levelAfter(n).sigma, 1);
    expect(jumped[1]).toBeCloseTo(levelAfter(n).sigma, 1);
  }
});

test("a walk can be interrupted and goes on as if it had not been", () => {
  const image = tensor([1, 1, 4, 4]);
  const noise = torchGenerator(3);
  const half = walk(image, { from: 0, to: 4, noise });
  expect(walk(half, { from: 4, to: 9, noise }).data)
    .toEqual(walk(image, { from: 0, to: 9, noise: torchGenerator(3) }).data);
});

test("a histogram counts every value inside its reach once", () => {
  const shares = histogram(new Float32Array([-3.99, 0, 0, 3.99, 9]));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(0.8, 9);
  expect(outline(shares)).toMatch(/^M0 170L.*V170Z$/);
});

const aFrame = {
  index: 3,
  count: 8,
  level: { time: 400, alpha: 1, sigma: 1 },
  x: torchGenerator(1).randn([1, 1, 4, 4]),
  image: torchGenerator(2).randn([1, 1, 4, 4]),
  noise: torchGenerator(3).randn([1, 1, 4, 4]),
};

test("a frame survives the way between threads", () => {
  const packed = pack(aFrame);
  expect(packed.values.buffer).not.toBe(aFrame.x.data.buffer);
  expect(unpack(structuredClone(packed, { transfer: [packed.values.buffer] }))).toEqual(aFrame);
});

test("a sample of any path is shown on one scale", () => {
  expect(shownSample(aFrame).data[0]).toBeCloseTo(aFrame.x.data[0]! / Math.SQRT2, 6);
});

test("a recorded run comes back from its picture, as exactly as a screen shows it", () => {
  const level = { time: 10, alpha: 0.8, sigma: 0.6 };
  const small = (seed: number) => {
    const { data, shape } = torchGenerator(seed).randn([1, 1, 4, 4]);
    return tensor(shape, data.map((value) => Math.max(-1, Math.min(1, value / 2))));
  };
  const frames = [0, 1].map((index) => ({ index, count: 1, level, x: small(index), image: small(7), noise: small(9) }));
  const { width, height, data } = toSheet(frames);
  const rgba = new Uint8ClampedArray(4 * width * height);
  data.forEach((value, i) => rgba.fill(value, 4 * i, 4 * i + 4));
  const back = fromSheet({ data: rgba, width, height }, [level, level]);
  back.forEach((frame, i) => {
    for (const key of ["x", "image", "noise"] as const) {
      frame[key].data.forEach((value, j) => expect(Math.abs(value - frames[i]![key].data[j]!)).toBeLessThan(0.011));
    }
  });
});

test("sentences are filled, and unknown places stay", () => {
  expect(fill("{a} of {b}", { a: 0 })).toBe("0 of {b}");
});

test("every widget has all its words in both languages, with the same places to fill", async () => {
  const lists = [
    ...(await readdir(widgets)).map((name) => join(widgets, name, "words.ts")),
    join(root, "site/src/language/site.ts"),
    join(root, "site/src/language/home.ts"),
  ];
  for (const path of lists) {
    const module = await import(/* @vite-ignore */ pathToFileURL(path).href) as Record<
      string,
      ReturnType<typeof words>
    >;
    for (const { en, zh } of Object.values(module)) {
      expect(Object.keys(zh)).toEqual(Object.keys(en));
      for (const [key, sentence] of Object.entries(en)) {
        const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
        expect(places(zh[key]!), key).toEqual(places(sentence));
        expect(zh[key]!.length, key).toBeGreaterThan(0);
      }
    }
  }
});

test("the code of every figure runs", async () => {
  for (const name of await readdir(widgets)) {
    const code = join(widgets, name, "code.ts");
    const shown = (await readdir(join(widgets, name))).includes("code.ts");
    if (!shown) continue;
    const { stdout } = await promisify(execFile)(process.execPath, ["run", "-A", "--quiet", code], { cwd: root });
    expect(stdout.length, name).toBeGreaterThan(10);
  }
}, 60_000);
