import type { Row } from "@unnoise/lib";

/** The options of a scheduler as a program in TypeScript would say them. */
export function literal(config: Readonly<Record<string, unknown>>): string {
  return `{ ${Object.entries(config).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} }`;
}

/** A program that runs a scheduler, with the network left out. */
export function snippet(
  { className, given, family }: Row,
  { count, draws }: { readonly count: number; readonly draws: boolean },
) {
  const known = given !== undefined && "known" in given;
  // Where scores are expected, anything else runs away.
  const output = family === "score"
    ? "mix([-1 / scheduler.sigmas[0]! ** 2, sample])"
    : "scheduler.scaleModelInput(sample, t)";
  const options = [...draws ? ["generator"] : [], ...known ? ["known"] : []];
  return `import { createScheduler, mix, ${known ? "tensor, " : ""}torchGenerator } from "@unnoise/lib";

const scheduler = createScheduler({ _class_name: ${JSON.stringify(className)} });
scheduler.setTimesteps(${count});
const generator = torchGenerator(0);
let sample = mix([scheduler.initNoiseSigma, generator.randn([1, 4, 64, 64])]);
${
    known
      ? "const known = { image: tensor(sample.shape), mask: tensor(sample.shape) }; // 1 in the mask is kept\n"
      : ""
  }for (const t of scheduler.timesteps) {
  const modelOutput = ${output}; // your network goes here
  sample = scheduler.step(modelOutput, t, sample${options.length > 0 ? `, { ${options.join(", ")} }` : ""}).prevSample;
}
console.log(sample.shape);
`;
}
