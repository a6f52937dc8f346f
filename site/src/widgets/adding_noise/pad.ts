import type { Tensor } from "@unnoise/lib";
import { fromPixels } from "../../picture/own.ts";

/** Lets the reader draw on a canvas; after every stroke's movement the picture is handed on. */
export function connectPad(canvas: HTMLCanvasElement, { size, colour, change }: {
  readonly size: number;
  readonly colour: () => string;
  readonly change: (picture: Tensor) => void;
}) {
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return { clear() {}, picture: () => undefined };
  const pen = context;
  pen.lineWidth = size / 16;
  pen.lineCap = pen.lineJoin = "round";
  let last: readonly [number, number] | undefined;

  function place({ clientX, clientY }: PointerEvent): readonly [number, number] {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [(clientX - left) * size / width, (clientY - top) * size / height];
  }
  function clear() {
    pen.fillStyle = "white";
    pen.fillRect(0, 0, size, size);
  }
  function picture() {
    return fromPixels(pen.getImageData(0, 0, size, size));
  }
  function stroke(event: PointerEvent) {
    const next = place(event);
    pen.strokeStyle = colour();
    pen.beginPath();
    pen.moveTo(...(last ?? next));
    pen.lineTo(...next);
    pen.stroke();
    last = next;
    change(picture());
  }
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroke(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (last !== undefined) stroke(event);
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => last = undefined);
  clear();
  return { clear, picture };
}
