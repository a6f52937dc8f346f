/**
 * The schedulers one by one, for programs that bundle no others: `schedulerOf(ddim, config)`.
 *
 * @module
 */

export * from "./cogvideox.ts";
export * from "./diffusion.ts";
export * from "./edm.ts";
export * from "./exponential.ts";
export * from "./sigma.ts";
export * from "./k_diffusion.ts";
export * from "./pndm.ts";
export * from "./repaint.ts";
export * from "./wuerstchen.ts";
export * from "./distilled.ts";
export * from "./flow.ts";
export * from "./score.ts";
