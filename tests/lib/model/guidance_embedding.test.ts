import { expect, test } from "vitest";
import { guidanceEmbedding } from "../../../lib/model/guidance_embedding.ts";

// Printed by LatentConsistencyModelPipeline.get_guidance_scale_embedding(None, torch.tensor([w - 1.0]), embedding_dim=8)
// of diffusers 0.42.1.
test.each([
  [1, [0, 0, 0, 0, 1, 1, 1, 1]],
  [2, [0.82688, 0.650316, 0.834463, 0.099833, 0.562379, -0.759664, -0.551064, 0.995004]],
  [3.5, [-0.650128, 0.197887, -0.78152, 0.247404, 0.759825, -0.980225, 0.62388, 0.968912]],
  [7.5, [-0.044785, 0.110189, 0.991123, 0.605186, -0.998997, 0.993911, 0.132946, 0.796084]],
])("a scale of %d is told as diffusers tells it", (scale, expected) => {
  const { shape, data } = guidanceEmbedding(scale, 8);
  expect(shape).toEqual([1, 8]);
  expected.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 5));
});
