import { encodePng, type Tensor, toPictures } from "@unnoise/lib";

/** A tensor's first picture as the bytes of a PNG file. */
export function png(picture: Tensor): Uint8Array {
  const [first] = toPictures(picture);
  if (first === undefined) throw new RangeError("Cannot write a picture: got an empty batch, expected one picture");
  return encodePng(first);
}

/** A picture inside the page itself, for the first frame of a figure. */
export function dataUrl(picture: Tensor): string {
  return `data:image/png;base64,${btoa(String.fromCharCode(...png(picture)))}`;
}
