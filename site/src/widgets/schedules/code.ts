import { levelAt, logSnr, noiseSchedule, scheduleOf } from "@unnoise/lib";

const schedules = {
  linear: noiseSchedule({ name: "linear" }),
  cosine: noiseSchedule({ name: "squaredcos_cap_v2" }),
  stableDiffusion: noiseSchedule({ name: "scaled_linear", start: 0.00085, end: 0.012 }),
  own: scheduleOf(new Float32Array(1000).fill(0.005)),
};

for (const [name, schedule] of Object.entries(schedules)) {
  const levels = Array.from(schedule.betas, (_, t) => levelAt(schedule, t));
  const half = levels.findIndex((level) => logSnr(level) <= 0);
  console.log(name, "first below half signal:", half, "signal left:", levels.at(-1)!.alpha ** 2);
}
