/**
 * The schedulers one by one, for programs that bundle no others: `schedulerOf(ddim, config)`.
 *
 * @module
 */

export * from "./diffusion.ts";
export * from "./sigma.ts";
