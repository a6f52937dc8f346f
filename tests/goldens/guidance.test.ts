import {
  extrapolated,
  type Guidance,
  guided,
  interval,
  type Level,
  magnitudeAware,
  mix,
  type Network,
  projected,
  read,
  rescaled,
  type Scale,
  tangential,
  type Tensor,
  torchGenerator,
  zeroStar,
} from "@unnoise/lib";
import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read.ts";

/** The options of diffusers' guiders that the goldens change. */
type Options = {
  readonly guidance_scale: number;
  readonly guidance_rescale: number;
  readonly use_original_formulation: boolean;
  readonly start: number;
  readonly stop: number;
  readonly eta: number;
  readonly adaptive_projected_guidance_rescale: number;
  readonly adaptive_projected_guidance_momentum: number | null;
  readonly zero_init_steps: number;
  readonly alpha: number;
};
type Run = {
  readonly guider: keyof typeof guiders;
  readonly set: Partial<Options>;
  readonly options: Options;
  readonly steps: readonly (readonly number[])[];
};
const { shape, count, runs } = await readFixture<{ shape: number[]; count: number; runs: readonly Run[] }>(
  "guidance/guidance.json",
);

/** Each step has a level of its own, so that what diffusers counts in steps can be said in levels. */
const levels = Array.from({ length: count }, (_, i): Level => ({ time: 1000 - 200 * i, alpha: 1, sigma: count - i }));

const guiders = {
  ClassifierFreeGuidance: () => extrapolated,
  AdaptiveProjectedGuidance: (options: Options) =>
    projected({
      eta: options.eta,
      threshold: options.adaptive_projected_guidance_rescale === 0
        ? Infinity
        : options.adaptive_projected_guidance_rescale,
      momentum: options.adaptive_projected_guidance_momentum ?? 0,
      from: options.use_original_formulation ? "conditional" : "unconditional",
    }),
  ClassifierFreeZeroStarGuidance: (options: Options) => zeroStar({ above: count - options.zero_init_steps }),
  TangentialClassifierFreeGuidance: () => tangential(),
  MagnitudeAwareGuidance: (options: Options) => magnitudeAware(options.alpha),
} satisfies Record<string, (options: Options) => Guidance>;

const scaleOf = ({ guidance_scale, use_original_formulation, start, stop }: Options): Scale => {
  const scale = use_original_formulation ? guidance_scale + 1 : guidance_scale;
  return start === 0 && stop === 1 ? scale : interval(scale, { min: count - count * stop, max: count - count * start });
};

/** Says "conditional" or "unconditional" of each step, as generate.py draws them. */
function network(): Network<"conditional" | "unconditional"> {
  const generator = torchGenerator(0);
  const answers = new Map(levels.map((level) => {
    const conditional = generator.randn(shape);
    const unconditional = mix([0.7, conditional], [0.5, generator.randn(shape)]);
    return [level, { conditional, unconditional }] as const;
  }));
  return ({ at }, conditions) => Promise.resolve(conditions.map((condition) => answers.get(at)![condition]));
}

async function said({ guider, options }: Run): Promise<Tensor[]> {
  const guidance = guiders[guider](options);
  const denoise = guided(network(), {
    condition: "conditional",
    unconditional: "unconditional",
    scale: scaleOf(options),
    guidance: options.guidance_rescale > 0 ? rescaled(options.guidance_rescale, guidance) : guidance,
    read: (raw, question) => read("epsilon", raw, question),
  });
  const x = torchGenerator(1).randn(shape);
  const predictions = await Promise.all(levels.map((at) => denoise({ x, at })));
  return predictions.map(({ raw }) => raw);
}

describe("guidance against diffusers' guiders", () => {
  it.each(runs.map((run) => ({ ...run, title: JSON.stringify(run.set) })))("$guider $title", async (run) => {
    const found = await said(run);
    expect(found).toHaveLength(count);
    for (const [i, { data }] of found.entries()) {
      const expected = run.steps[i]!;
      const largest = Math.max(...expected.map(Math.abs), 1);
      expect(data).toHaveLength(expected.length);
      data.forEach((value, j) => expect(Math.abs(value - expected[j]!)).toBeLessThan(2e-6 * largest));
    }
  });

  it("sets each option of each guider at least once", () => {
    const options = runs.reduce((names, { guider, set }) => {
      for (const name of Object.keys(set)) names.add(`${guider}.${name}`);
      return names;
    }, new Set<string>());
    const others = ["enabled", "adaptive_projected_guidance_norm_dim"];
    for (const guider of Object.keys(guiders)) {
      const { options: all } = runs.find((run) => run.guider === guider)!;
      const own = Object.keys(all).filter((name) =>
        !others.includes(name) && !/^(start|stop|guidance_rescale)$/.test(name)
      );
      for (const name of own) expect([...options]).toContain(`${guider}.${name}`);
    }
  });
});
