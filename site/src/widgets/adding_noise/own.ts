import type { Tensor } from "@unnoise/lib";
import { fill } from "../../language/language.ts";
import { cameraTrouble, startCamera } from "../../picture/camera.ts";
import { middleSquare, readPicture, Refusal } from "../../picture/own.ts";
import { part } from "../../shell/parts.ts";
import { connectPad } from "./pad.ts";
import { SIZE } from "./state.ts";
import type { AddingNoiseWord } from "./words.ts";

/** Every way to bring a picture: file, drop, paste, drawing, camera. Whatever goes wrong becomes a sentence. */
export function connectOwnPicture(
  root: HTMLElement,
  words: Readonly<Record<AddingNoiseWord, string>>,
  take: (picture: Tensor) => void,
) {
  const note = part(root, "own-note", HTMLElement);
  const say = (sentence: string) => note.textContent = sentence;

  async function takeFile(file: File | undefined) {
    if (file === undefined) {
      say(words.nothingPasted);
      return;
    }
    try {
      take(await readPicture(file, SIZE));
      say(words.ready);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(fill(words[error.reason], error.values));
    }
  }

  const input = part(root, "file", HTMLInputElement);
  input.addEventListener("change", async () => {
    if (input.files?.[0] !== undefined) await takeFile(input.files[0]);
    // So that choosing the same file again is a change, too.
    input.value = "";
  });
  root.addEventListener("dragover", (event) => event.preventDefault());
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    takeFile(event.dataTransfer?.files[0]);
  });
  root.addEventListener("paste", (event) => {
    event.preventDefault();
    takeFile(event.clipboardData?.files[0]);
  });

  const padPanel = part(root, "pad-panel", HTMLElement);
  const cameraPanel = part(root, "camera-panel", HTMLElement);
  const pad = connectPad(part(root, "pad", HTMLCanvasElement), {
    size: SIZE,
    colour: () => root.querySelector<HTMLInputElement>("[name=brush]:checked")?.value ?? "black",
    change: take,
  });
  const video = part(root, "video", HTMLVideoElement);
  let stop: (() => void) | undefined;

  function closeCamera() {
    stop?.();
    stop = undefined;
    cameraPanel.hidden = true;
  }
  function takePad() {
    const picture = pad.picture();
    if (picture !== undefined) take(picture);
  }
  part(root, "draw", HTMLButtonElement).addEventListener("click", () => {
    closeCamera();
    padPanel.hidden = !padPanel.hidden;
    say("");
    if (!padPanel.hidden) takePad();
  });
  part(root, "clear", HTMLButtonElement).addEventListener("click", () => {
    pad.clear();
    takePad();
  });
  part(root, "camera", HTMLButtonElement).addEventListener("click", async () => {
    padPanel.hidden = true;
    say("");
    try {
      cameraPanel.hidden = false;
      stop = await startCamera(video);
    } catch (error) {
      closeCamera();
      say(words[cameraTrouble(error)]);
    }
  });
  part(root, "take", HTMLButtonElement).addEventListener("click", () => {
    if (video.videoWidth > 0) take(middleSquare(video, video.videoWidth, video.videoHeight, SIZE));
    closeCamera();
    say(words.ready);
  });
  part(root, "stop", HTMLButtonElement).addEventListener("click", closeCamera);
}
