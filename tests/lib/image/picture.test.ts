import { describe, expect, it } from "vitest";
import { fromPictures, toPictures } from "../../../lib/image/picture.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

describe("toPictures", () => {
  it("maps −1 to black and 1 to white, rounds, and clips what lies outside", () => {
    const [picture] = toPictures(tensor([1, 1, 2, 3], new Float32Array([-1, 1, 0, -7, 1.5, 0.5])));
    expect(picture).toEqual({ width: 3, height: 2, channels: 1, data: Uint8Array.of(0, 255, 128, 0, 255, 191) });
  });

  it("puts the channels of a pixel side by side", () => {
    const planes = new Float32Array([-1, 1, 0, 0, 1, -1]);
    const [picture] = toPictures(tensor([1, 3, 1, 2], planes));
    expect([...picture!.data]).toEqual([0, 128, 255, 255, 128, 0]);
  });

  it("makes one picture an item of the batch", () => {
    const pictures = toPictures(tensor([3, 1, 1, 1], new Float32Array([-1, 0, 1])));
    expect(pictures.map(({ data }) => data[0])).toEqual([0, 128, 255]);
  });

  it("draws what is not a number black", () => {
    expect(toPictures(tensor([1, 1, 1, 1], new Float32Array([NaN])))[0]!.data[0]).toBe(0);
  });

  it.each([[[1, 2, 4, 4]], [[1, 5, 1, 1]], [[1, 3, 4]], [[2, 3]]])("refuses the shape %j", (shape) => {
    expect(() => toPictures(tensor(shape))).toThrow(RangeError);
  });
});

describe("fromPictures", () => {
  it.each([1, 3, 4] as const)("is undone by toPictures, byte for byte, with %d channels", (channels) => {
    const data = Uint8Array.from({ length: 256 * channels }, (_, i) => (i * 7) % 256);
    const picture = { width: 16, height: 16, channels, data };
    expect(toPictures(fromPictures([picture, picture]))).toEqual([picture, picture]);
  });

  it("makes a batch from −1 to 1", () => {
    const batch = fromPictures([{ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) }]);
    expect(batch.shape).toEqual([1, 1, 1, 2]);
    expect([...batch.data]).toEqual([-1, 1]);
  });

  it("refuses none, and pictures of different sizes", () => {
    const picture = (width: number) => ({ width, height: 1, channels: 1, data: new Uint8Array(width) } as const);
    expect(() => fromPictures([])).toThrow(RangeError);
    expect(() => fromPictures([picture(1), picture(2)])).toThrow(RangeError);
  });
});
