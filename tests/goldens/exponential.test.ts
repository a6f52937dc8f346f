import { describe, expect, it } from "vitest";
import { createScheduler, type SchedulerConfig, type Tensor, tensor, torchGenerator } from "@unnoise/lib";
import { floats, readFixture } from "../fixtures/read.ts";
import { SEED } from "../fixtures/schedulers/golden.ts";

type Golden = {
  readonly config: SchedulerConfig;
  /** What SA-Solver's `tau_func` always says. */
  readonly tau?: number;
  readonly timesteps: readonly number[];
  readonly trace: readonly string[];
};

const SHAPE = [1, 3, 2, 2];
const network = ({ data }: Tensor) => data.map((value, i) => 0.4 * value + Math.cos(2 * i) / 10);

const { goldens } = await readFixture<{ goldens: readonly Golden[] }>("exponential/unsaid.json");

describe("what no config says: τ, and networks that learned a variance", () => {
  it.each(
    goldens.map(({ config, tau, ...golden }) => [JSON.stringify({ ...config, tau }), { config, tau, ...golden }]),
  )(
    "%s",
    (_, golden) => {
      const { config, tau, timesteps, trace } = golden as Golden;
      const scheduler = createScheduler(tau === undefined ? config : { ...config, tau_func: () => tau });
      scheduler.setTimesteps(trace.length);
      expect(scheduler.timesteps).toEqual(timesteps);
      const generator = torchGenerator(SEED);
      let x = tensor(SHAPE, Float32Array.from({ length: 12 }, (_, i) => Math.sin(i + 1)));
      timesteps.forEach((t, i) => {
        const mean = network(x);
        // Of twice the channels the second half is the variance, which no solver here heeds.
        const output = tau === undefined
          ? tensor([1, 6, 2, 2], Float32Array.of(...mean, ...mean.map((value) => value * 9)))
          : tensor(SHAPE, mean);
        x = scheduler.step(output, t, x, { generator }).prevSample;
        const expected = floats(trace[i]!);
        const slack = 1e-4 * Math.max(...expected.map(Math.abs));
        x.data.forEach((value, j) => expect(Math.abs(value - expected[j]!), `step ${i}`).toBeLessThanOrEqual(slack));
      });
    },
  );
});

describe("what diffusers refuses, cannot run, or ends in NaN is refused at construction", () => {
  const flow = { use_flow_sigmas: true, prediction_type: "flow_prediction" };
  const refusals: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ["DPMSolverMultistep", { algorithm_type: "dpmsolver" }, /"zero" with algorithm_type = "dpmsolver", .*sigma_min/],
    ["DPMSolverMultistep", { ...flow, prediction_type: "v_prediction" }, /v_prediction.*use_flow_sigmas/],
    ["DPMSolverMultistep", { prediction_type: "flow_prediction" }, /flow_prediction.*use_flow_sigmas = false/],
    [
      "DPMSolverMultistep",
      { ...flow, use_lu_lambdas: true },
      /use_lu_lambdas and use_flow_sigmas, expected at most one/,
    ],
    [
      "DPMSolverMultistep",
      { algorithm_type: "sde-dpmsolver", solver_order: 3, final_sigmas_type: "sigma_min" },
      /solver_order = 3.*sde-dpmsolver.*expected 1 or 2/,
    ],
    ["DPMSolverMultistep", { ...flow, algorithm_type: "dpmsolver", final_sigmas_type: "sigma_min" }, /flow_prediction/],
    ["DPMSolverMultistepInverse", { algorithm_type: "sde-dpmsolver++" }, /expected one of dpmsolver, dpmsolver\+\+$/],
    [
      "DPMSolverSinglestep",
      { algorithm_type: "dpmsolver", final_sigmas_type: "sigma_min", thresholding: true },
      /thresholding with algorithm_type/,
    ],
    ["DEISMultistep", { algorithm_type: "sde-dpmsolver++" }, /expected one of deis/],
    ["UniPCMultistep", { solver_type: "bh1" }, /"zero" with solver_type = "bh1"/],
    ["UniPCMultistep", { predict_x0: false }, /"zero" with predict_x0 = false/],
    ["UniPCMultistep", { lower_order_final: false }, /"zero" with lower_order_final = false/],
    ["UniPCMultistep", { shift_terminal: 0.1 }, /shift_terminal = 0.1 without use_flow_sigmas/],
    ["UniPCMultistep", { ...flow, use_beta_sigmas: true }, /expected at most one spacing/],
    ["SASolver", { corrector_order: 0 }, /corrector_order = 0, expected one of 1, 2, 3, 4/],
    ["SASolver", { algorithm_type: "noise_prediction", thresholding: true }, /thresholding with algorithm_type/],
    ["EDMDPMSolverMultistep", { algorithm_type: "sde-dpmsolver++", solver_order: 3 }, /solver_order = 3/],
    ["CosineDPMSolverMultistep", { solver_order: 3 }, /expected one of 1, 2/],
  ];

  it.each(refusals)("%s %j", (name, config, sentence) => {
    expect(() => createScheduler({ _class_name: `${name}Scheduler`, ...config })).toThrow(sentence);
  });

  it("as are the runs that a config has no room for", () => {
    const unipc = createScheduler({ _class_name: "UniPCMultistepScheduler" });
    expect(() => unipc.setTimesteps({ sigmas: [1, 0.5] })).toThrow(/expected use_flow_sigmas/);
    const dpm = createScheduler({ _class_name: "DPMSolverMultistepScheduler", use_karras_sigmas: true });
    expect(() => dpm.setTimesteps({ timesteps: [900, 10] })).toThrow(/use_karras_sigmas/);
    expect(() => dpm.setTimesteps({ count: 3, mu: 1 })).toThrow(/use_dynamic_shifting/);
  });
});
