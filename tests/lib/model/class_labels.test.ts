import { describe, expect, it } from "vitest";
import { classLabels } from "../../../lib/model/class_labels.ts";

const pets = classLabels({ name: "pets", classes: ["cat", "Dog"], nullLabel: 2 });

describe("classLabels", () => {
  it.each([["cat", 0], [" DOG ", 1], ["", 2], ["  ", 2]])("reads %j as label %i", (prompt, label) => {
    expect(pets.read(prompt)).toEqual({ text: prompt, ids: [label], weights: [1], unknown: [], dropped: "" });
  });

  it("tells the network the label of each", async () => {
    const told = await pets.condition(["Dog", "cat"].map(pets.read));
    expect(told.map(({ class_labels }) => [...class_labels!.data])).toEqual([[1], [0]]);
    expect(told[0]!["class_labels"]!.shape).toEqual([1]);
    expect(pets.inputs).toEqual(["class_labels"]);
  });

  it("refuses what is no class, and nothing where there is no null label", () => {
    expect(() => pets.read("teapot")).toThrow('Cannot draw "teapot" with pets: expected one of cat, Dog');
    const { read } = classLabels({ name: "pets", classes: ["cat"], nullLabel: undefined });
    expect(() => read("")).toThrow(RangeError);
  });
});
