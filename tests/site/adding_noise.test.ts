import { Buffer } from "node:buffer";
import { encodePng } from "@unnoise/lib";
import { expect, test } from "vitest";
import { distance, openSite, pixels, roughness, slide } from "../browser/site.ts";

const site = openSite(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
const path = "/en/adding-noise/";

/** A picture of one colour. */
const redSquare = Buffer.from(encodePng({
  width: 2,
  height: 2,
  channels: 3,
  data: new Uint8Array([
    ...[220, 20, 20],
    ...[220, 20, 20],
    ...[220, 20, 20],
    ...[220, 20, 20],
  ]),
}));

test("step 0 is the picture, step 1000 noise, and the numbers say so", async () => {
  const { page, problems } = await site.visit(path);
  await slide(page, "t", 0);
  expect(distance(await pixels(page, "noisy"), await pixels(page, "clean"))).toBe(0);
  const slider = page.locator("input[data-part=t]");
  expect(await slider.getAttribute("aria-valuetext")).toBe("step 0 of 1000, signal 100 %");
  await slide(page, "t", 1000);
  expect(roughness(await pixels(page, "noisy"))).toBeGreaterThan(60);
  expect(await page.locator("[data-part=alpha]").textContent()).toBe("0.01");
  await slide(page, "t", 259);
  expect(await slider.getAttribute("aria-valuetext")).toBe("step 259 of 1000, signal 50 %");
  expect(problems).toEqual([]);
});

test("new noise changes the grain and keeps the picture", async () => {
  const { page } = await site.visit(path);
  const [clean, noisy] = [await pixels(page, "clean"), await pixels(page, "noisy")];
  await page.locator("unnoise-adding-noise [data-part=new-noise]").click();
  expect(await pixels(page, "clean")).toEqual(clean);
  expect(distance(await pixels(page, "noisy"), noisy)).toBeGreaterThan(20);
});

test("a reader's own file becomes the picture, and leaves no trace in the link", async () => {
  const { page } = await site.visit(path);
  await page.setInputFiles("[data-part=file]", { name: "red.png", mimeType: "image/png", buffer: redSquare });
  await page.waitForFunction(() => document.querySelector("[data-part=own-note]")?.textContent !== "");
  const [red, green] = await pixels(page, "clean");
  expect(red! - green!).toBeGreaterThan(100);
  expect(await page.locator("[data-part=own-choice]").isVisible()).toBe(true);
});

test.each([
  ["a text named .jpg", "notes.jpg", new TextEncoder().encode("not a picture at all"), "not a picture"],
  ["an empty file", "empty.png", new Uint8Array(0), "not a picture"],
  ["a file of 50 MB", "big.png", new Uint8Array(50e6), "50 MB"],
])("%s becomes a sentence, and the widget goes on", async (_, name, bytes, said) => {
  const { page, problems } = await site.visit(path);
  const before = await pixels(page, "clean");
  // 50 MB would not fit through the test's own connection, so the page makes the file.
  await page.locator("[data-part=file]").evaluate((input, { name, text, size }) => {
    const files = new DataTransfer();
    files.items.add(new File([size > 1000 ? new Uint8Array(size) : text], name, { type: "image/png" }));
    (input as HTMLInputElement).files = files.files;
    input.dispatchEvent(new Event("change"));
  }, { name, text: new TextDecoder().decode(bytes.subarray(0, 100)), size: bytes.length });
  const note = page.locator("[data-part=own-note]");
  await page.waitForFunction(() => document.querySelector("[data-part=own-note]")?.textContent !== "");
  expect(await note.textContent()).toContain(said);
  expect(await note.textContent()).toContain(name);
  expect(await pixels(page, "clean")).toEqual(before);
  await slide(page, "t", 700);
  expect(await page.locator("unnoise-adding-noise output").textContent()).toBe("700 of 1000");
  expect(problems.filter((problem) => !problem.includes("ERR_"))).toEqual([]);
});

test("a picture of 400 megapixels is refused before it is unpacked", async () => {
  const { page } = await site.visit(path);
  await page.locator("[data-part=file]").evaluate((input) => {
    // An SVG can claim any size in a few bytes.
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="20000"><rect width="9" height="9"/></svg>';
    const files = new DataTransfer();
    files.items.add(new File([svg], "huge.svg", { type: "image/svg+xml" }));
    (input as HTMLInputElement).files = files.files;
    input.dispatchEvent(new Event("change"));
  });
  await page.waitForFunction(() => document.querySelector("[data-part=own-note]")?.textContent !== "");
  expect(await page.locator("[data-part=own-note]").textContent()).toContain("400 megapixels");
});

test("dropping and pasting files work like choosing one", async () => {
  for (const type of ["drop", "paste"]) {
    const { page } = await site.visit(path);
    await page.locator("unnoise-adding-noise").evaluate((widget, { type, bytes }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], "red.png", { type: "image/png" }));
      widget.dispatchEvent(
        type === "drop"
          ? new DragEvent("drop", { dataTransfer: data })
          : new ClipboardEvent("paste", { clipboardData: data }),
      );
    }, { type, bytes: [...redSquare] });
    await page.waitForFunction(() => document.querySelector("[data-part=own-note]")?.textContent !== "");
    const [red, green] = await pixels(page, "clean");
    expect(red! - green!).toBeGreaterThan(100);
  }
});

test("a drawing is the picture while it is drawn", async () => {
  const { page } = await site.visit(path);
  await page.click("[data-part=draw]");
  const pad = page.locator("[data-part=pad]");
  expect(Math.min(...await pixels(page, "clean"))).toBe(255);
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 200, { steps: 8 });
  await page.mouse.up();
  expect(Math.min(...await pixels(page, "clean"))).toBeLessThan(60);
  await page.click("[data-part=clear]");
  expect(Math.min(...await pixels(page, "clean"))).toBe(255);
});

test("the camera gives a picture", async () => {
  const { page } = await site.visit(path, { permissions: ["camera"] });
  const before = await pixels(page, "clean");
  await page.click("[data-part=camera]");
  await page.waitForFunction(() => document.querySelector("video")!.videoWidth > 0);
  await page.click("[data-part=take]");
  expect(distance(await pixels(page, "clean"), before)).toBeGreaterThan(10);
  expect(await page.locator("[data-part=camera-panel]").isVisible()).toBe(false);
});

test.each([
  ["NotAllowedError", "not allowed"],
  ["NotFoundError", "No camera"],
  ["NotReadableError", "another program"],
])("a camera that answers %s becomes a sentence", async (name, said) => {
  const { page, problems } = await site.visit(path);
  await page.evaluate((name) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("refused", name));
  }, name);
  await page.click("[data-part=camera]");
  await page.waitForFunction(() => document.querySelector("[data-part=own-note]")?.textContent !== "");
  expect(await page.locator("[data-part=own-note]").textContent()).toContain(said);
  expect(problems).toEqual([]);
});

test("walking and jumping differ in their grain and agree in their statistics", async () => {
  const { page } = await site.visit(path);
  const walked = await pixels(page, "walk");
  const jumped = await pixels(page, "jump");
  expect(distance(walked, jumped)).toBeGreaterThan(15);
  const figures = (await page.locator("[data-part=figures]").textContent())!;
  const [walkMean, walkSpread, jumpMean, jumpSpread] = figures.match(/\d\.\d\d/g)!.map(Number);
  expect(Math.abs(walkMean! - jumpMean!)).toBeLessThan(0.05);
  expect(Math.abs(walkSpread! - jumpSpread!)).toBeLessThan(0.05);

  await page.click("[data-part=walk-button]");
  const note = page.locator("[data-part=walk-note]");
  await page.waitForFunction(() => document.querySelector("[data-part=walk-note]")!.textContent!.startsWith("step"));
  await page.waitForFunction(() => document.querySelector("[data-part=walk-note]")!.textContent!.startsWith("walked"));
  expect(await note.textContent()).toBe("walked: 300 additions");
  expect(distance(await pixels(page, "walk"), walked)).toBeGreaterThan(15);
  expect(await pixels(page, "jump")).toEqual(jumped);
});
