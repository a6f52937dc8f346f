import { expect, test } from "vitest";
import { usual } from "../../../lib/pipeline/usual.ts";

const config = { prediction_type: "v_prediction" };

test.each([
  [{ ...config, _class_name: "DDIMScheduler" }, true, undefined, { steps: 20, guidanceScale: 2 }],
  [{ ...config, _class_name: "DDIMScheduler" }, false, undefined, { steps: 20, guidanceScale: 1 }],
  [{ ...config, _class_name: "LCMScheduler" }, true, undefined, { steps: 4, guidanceScale: 2 }],
  [{ ...config, _class_name: "LCMScheduler" }, true, "tcd", { steps: 4, guidanceScale: 2 }],
])("of %j, guidable: %s, scheduler %s", (schedulerConfig, guidable, scheduler, expected) => {
  expect(usual({ schedulerConfig, guidable }, scheduler)).toEqual(expected);
});

test("a scheduler that does not suit the network is refused by name", () => {
  const model = { schedulerConfig: { ...config, _class_name: "DDIMScheduler" }, guidable: true };
  expect(() => usual(model, "magic")).toThrow('Cannot find scheduler "magic"');
});
