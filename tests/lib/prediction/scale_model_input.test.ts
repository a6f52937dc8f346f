import { describe, expect, it } from "vitest";
import { scaleModelInput } from "../../../lib/prediction/scale_model_input.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const x = tensor([1, 3], new Float32Array([1, -2, 30]));
const schedule = noiseSchedule({ name: "linear" });

describe("scaleModelInput", () => {
  it("divides by √(α² + σ²)", () => {
    expect([...scaleModelInput({ x, at: { time: 0, alpha: 1, sigma: Math.sqrt(3) } }).data]).toEqual([0.5, -1, 15]);
  });

  it("changes nothing on a variance-preserving path", () => {
    for (const time of [0, 123, 999]) {
      const { data, shape } = scaleModelInput({ x, at: levelAt(schedule, time) });
      expect(data).toEqual(x.data);
      expect(shape).toEqual([1, 3]);
    }
  });

  it("shows the network the same input on both paths", () => {
    const [preserving, exploding] = [levelAt(schedule, 640), levelAt(schedule, 640, "variance_exploding")];
    const scaled = tensor(x.shape, x.data.map((value) => value * preserving.alpha));
    const [a, b] = [scaleModelInput({ x, at: exploding }), scaleModelInput({ x: scaled, at: preserving })];
    a.data.forEach((value, i) => expect(b.data[i]! / value).toBeCloseTo(1, 6));
  });
});
