/** Why there is no picture from the camera. */
export type CameraTrouble = "cameraRefused" | "cameraMissing" | "cameraBusy" | "cameraUnsupported";

/** Shows the camera in a video element; what it throws is named by `cameraTrouble`. */
export async function startCamera(video: HTMLVideoElement): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
  video.srcObject = stream;
  await video.play();
  return () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}

export function cameraTrouble(error: unknown): CameraTrouble {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "cameraRefused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "cameraMissing";
    case "TypeError":
      // Browsers hide the camera from pages that are not secure.
      return "cameraUnsupported";
    default:
      return "cameraBusy";
  }
}
