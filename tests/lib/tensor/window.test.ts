import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";
import { addInto, cut, extend } from "../../../lib/tensor/window.ts";

/** Two pictures of two channels, each value another one. */
function counted(height: number, width: number): Tensor {
  return tensor([2, 2, height, width], Float32Array.from({ length: 4 * height * width }, (_, i) => i));
}

const sizes = fc.record({ height: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 6 }) });
const windows = sizes.chain(({ height, width }) =>
  fc.record({ top: fc.nat(height - 1), left: fc.nat(width - 1) }).chain(({ top, left }) =>
    fc.record({
      rows: fc.constant(height),
      columns: fc.constant(width),
      top: fc.constant(top),
      left: fc.constant(left),
      height: fc.integer({ min: 1, max: height - top }),
      width: fc.integer({ min: 1, max: width - left }),
    })
  )
);

describe("cut", () => {
  it("takes the values of the window, in every picture and channel", () => {
    fc.assert(fc.property(windows, ({ rows, columns, ...window }) => {
      const part = cut(counted(rows, columns), window);
      expect(part.shape).toEqual([2, 2, window.height, window.width]);
      const expected = part.data.map((_, i) => {
        const x = i % window.width;
        const y = Math.floor(i / window.width) % window.height;
        const plane = Math.floor(i / window.width / window.height);
        return (plane * rows + window.top + y) * columns + window.left + x;
      });
      expect(part.data).toEqual(expected);
    }));
  });

  it.each([
    { top: 0, left: 0, height: 4, width: 1 },
    { top: 0, left: -1, height: 1, width: 1 },
    { top: 2, left: 0, height: 2, width: 1 },
    { top: 0, left: 0.5, height: 1, width: 1 },
  ])("refuses a window that does not lie inside: %j", (window) => {
    expect(() => cut(counted(3, 3), window)).toThrow(/window of .*shape \[2,2,3,3\]/);
  });

  it("refuses what are no pictures", () => {
    expect(() => cut(tensor([3, 3]), { top: 0, left: 0, height: 1, width: 1 })).toThrow(/\[3,3\]/);
  });
});

describe("addInto", () => {
  it("puts back what was cut, and adds it to what is there", () => {
    fc.assert(fc.property(windows, ({ rows, columns, ...window }) => {
      const [whole, into] = [counted(rows, columns), counted(rows, columns)];
      const part = cut(whole, window);
      addInto(into, part, window);
      expect(cut(into, window).data).toEqual(part.data.map((value) => 2 * value));
      const outside = into.data.reduce((sum, value) => sum + value, 0) -
        2 * part.data.reduce((sum, value) => sum + value, 0);
      const untouched = whole.data.reduce((sum, value) => sum + value, 0) -
        part.data.reduce((sum, value) => sum + value, 0);
      expect(outside).toBe(untouched);
    }));
  });

  it("counts each value by the weights of its row and of its column", () => {
    const into = tensor([1, 1, 2, 2]);
    const part = tensor([1, 1, 2, 2], new Float32Array([1, 1, 1, 1]));
    addInto(into, part, { top: 0, left: 0, rows: new Float64Array([1, 3]), columns: new Float64Array([1, 10]) });
    expect([...into.data]).toEqual([1, 10, 3, 30]);
  });

  it("refuses other weights, pictures or places than there are", () => {
    const [into, part] = [tensor([1, 1, 3, 3]), tensor([1, 1, 2, 2])];
    expect(() => addInto(into, part, { top: 0, left: 0, rows: new Float64Array(3) })).toThrow(/weights/);
    expect(() => addInto(into, part, { top: 2, left: 0 })).toThrow(/window/);
    expect(() => addInto(tensor([2, 1, 3, 3]), part, { top: 0, left: 0 })).toThrow(/as many pictures/);
  });
});

describe("extend", () => {
  it("repeats the last row and the last column", () => {
    const small = tensor([1, 1, 2, 2], new Float32Array([1, 2, 3, 4]));
    expect([...extend(small, { height: 3, width: 4 }).data]).toEqual([1, 2, 2, 2, 3, 4, 4, 4, 3, 4, 4, 4]);
  });

  it("keeps the old picture where it was", () => {
    const small = counted(2, 3);
    const large = extend(small, { height: 4, width: 5 });
    expect(cut(large, { top: 0, left: 0, height: 2, width: 3 }).data).toEqual(small.data);
    expect(extend(small, { height: 2, width: 3 })).toBe(small);
  });

  it("refuses to make smaller, and to repeat what is not there", () => {
    expect(() => extend(counted(2, 2), { height: 1, width: 2 })).toThrow(/expected no less/);
    expect(() => extend(tensor([1, 1, 0, 2]), { height: 1, width: 2 })).toThrow(/\[1,1,0,2\]/);
  });
});
