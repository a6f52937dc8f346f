import { addNoise, levelAt, mix, noiseSchedule, tensor, torchGenerator } from "@unnoise/lib";

const image = tensor([1, 1, 28, 28], new Float32Array(784).fill(0.5));
const schedule = noiseSchedule({ name: "linear" });
const noise = torchGenerator(5);

let walked = image;
for (const beta of schedule.betas.subarray(0, 300)) {
  walked = mix([Math.sqrt(1 - beta), walked], [Math.sqrt(beta), noise.randn(image.shape)]);
}

const jumped = addNoise(image, noise.randn(image.shape), levelAt(schedule, 299));

for (const { data } of [walked, jumped]) {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  console.log(mean, Math.sqrt(variance));
}
