import { describe, expect, it } from "vitest";
import { openModel } from "../../../lib/model/model.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { fashion, fashionJson, fashionWith } from "../../fixtures/fashion.ts";

const classes = [
  "t-shirt",
  "trouser",
  "pullover",
  "dress",
  "coat",
  "sandal",
  "shirt",
  "sneaker",
  "bag",
  "ankle boot",
];

describe("openModel", () => {
  it("reads a folder in diffusers' layout", async () => {
    const model = await openModel(fashion, nodeRuntime());
    expect(model.name).toBe("fashion");
    expect(model.classes).toEqual(classes);
    expect(model.guidable).toBe(true);
    expect(model.pictureShape).toEqual([1, 28, 28]);
    expect(model.shape).toEqual([1, 28, 28]);
    expect(model.schedulerConfig).toEqual(await fashionJson("scheduler/scheduler_config.json"));
    expect(model.device).toBe("cpu");
    expect(model.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    await model.release();
  });

  it("has a network that says something else of each class", async () => {
    const model = await openModel(fashion, nodeRuntime());
    const question = { x: torchGenerator(0).randn([1, 1, 28, 28]), at: { time: 500, alpha: 0.7, sigma: 0.7 } };
    const labels = await model.condition(["t-shirt", "ankle boot", ""].map(model.read));
    const answers = await model.network(question, labels.map((label) => [label]));
    expect(answers.map(({ shape }) => shape)).toEqual([[1, 1, 28, 28], [1, 1, 28, 28], [1, 1, 28, 28]]);
    expect(answers[0]!.data).not.toEqual(answers[1]!.data);
    expect(answers[1]!.data).not.toEqual(answers[2]!.data);
    await model.release();
  });

  it("sorts classes by their label, and knows a model without a null class", async () => {
    const index = { id2label: { "10": "k", "2": "c", "0": "a", "1": "b" } };
    const unet = { ...await fashionJson<object>("unet/config.json"), num_class_embeds: 4 };
    const model = await openModel(fashionWith({ "model_index.json": index, "unet/config.json": unet }), nodeRuntime());
    expect(model.classes).toEqual(["a", "b", "c", "k"]);
    expect(model.guidable).toBe(false);
    expect(model.name).toBe("changed");
    await model.release();
  });

  it("reads a picture that is not square, height first", async () => {
    const unet = { ...await fashionJson<object>("unet/config.json"), sample_size: [32, 24] };
    const model = await openModel(fashionWith({ "unet/config.json": unet }), nodeRuntime());
    expect(model.shape).toEqual([1, 32, 24]);
    await model.release();
  });

  it.each(["model_index.json", "unet/config.json", "unet/model.onnx", "scheduler/scheduler_config.json"])(
    "names %s when it is missing",
    async (path) => {
      const opened = openModel(fashionWith({ [path]: undefined }), nodeRuntime());
      await expect(opened).rejects.toThrow(TypeError);
      await expect(opened).rejects.toThrow(path);
    },
  );

  it.each([
    ["model_index.json", "{", "JSON"],
    ["model_index.json", {}, "id2label"],
    ["unet/config.json", { sample_size: 28, in_channels: 1 }, "num_class_embeds"],
    ["unet/config.json", { sample_size: -1, in_channels: 1, num_class_embeds: 11 }, "sample_size"],
    ["scheduler/scheduler_config.json", [], "scheduler/scheduler_config.json"],
    ["scheduler/scheduler_config.json", { _class_name: 3 }, "_class_name"],
    ["unet/model.onnx", "not a network", "Cannot open the network"],
  ])("says what is wrong with %s = %j", async (path, content, word) => {
    const opened = openModel(fashionWith({ [path]: content }), nodeRuntime());
    await expect(opened).rejects.toThrow(TypeError);
    await expect(opened).rejects.toThrow(word);
  });

  it("stops when aborted", async () => {
    const reason = new Error("changed my mind");
    await expect(openModel(fashion, nodeRuntime(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
