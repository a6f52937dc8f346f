import { addNoise, levelAt, noiseSchedule, tensor, torchGenerator } from "@unnoise/lib";

const image = tensor([1, 1, 28, 28], new Float32Array(784).fill(0.5));
const noise = torchGenerator(5).randn(image.shape);

const schedule = noiseSchedule({ name: "linear" });
const level = levelAt(schedule, 199);

const noisy = addNoise(image, noise, level);
console.log(level.alpha, level.sigma, noisy.data.subarray(0, 4));
