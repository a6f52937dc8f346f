/**
 * Diffusion models in TypeScript: noise, schedules, samplers, models and pipelines, in Deno, Node and browsers.
 *
 * Runtimes and folders on the disk have doors of their own, so that no bundler meets what it cannot bundle:
 * `@unnoise/lib/runtime/node`, `@unnoise/lib/runtime/web`, `@unnoise/lib/model/disk`.
 *
 * @module
 */

// Floor 0
export * from "./tensor/batch.ts";
export * from "./tensor/clamp.ts";
export * from "./tensor/dot.ts";
export * from "./tensor/finite.ts";
export * from "./tensor/interpolate.ts";
export * from "./tensor/keep.ts";
export * from "./tensor/mean_norm.ts";
export * from "./tensor/mix.ts";
export type { Range } from "./tensor/simd.ts";
export * from "./tensor/tensor.ts";
export * from "./tensor/window.ts";
export * from "./tensor/zip.ts";

// Floor 1
export * from "./image/blur.ts";
export * from "./image/channels.ts";
export * from "./image/contact_sheet.ts";
export type { Box, Filter } from "./image/filter.ts";
export * from "./image/fit.ts";
export * from "./image/mask.ts";
export * from "./image/picture.ts";
export * from "./image/png.ts";
export * from "./image/resample.ts";
export * from "./image/resize.ts";
export * from "./metrics/copying.ts";
export * from "./metrics/frechet.ts";
export * from "./metrics/nearest.ts";
export type { RangeOptions } from "./metrics/pairs.ts";
export * from "./metrics/psnr.ts";
export { ssim } from "./metrics/ssim.ts";
export * from "./random/brownian.ts";
export * from "./random/cuda.ts";
export * from "./random/mersenne.ts";
export * from "./random/normal.ts";
export * from "./random/numpy.ts";
export * from "./random/philox.ts";
export * from "./random/seed.ts";
export * from "./random/seed_sequence.ts";
export * from "./runtime/runtime.ts";
export * from "./schedule/grid.ts";
export * from "./schedule/level.ts";
export * from "./schedule/noise_schedule.ts";
export * from "./schedule/shift.ts";
export * from "./schedule/sigma_schedules.ts";
export * from "./schedule/sigmas.ts";
export * from "./schedule/spacing.ts";
export * from "./text/clip.ts";
export * from "./text/tokenizer.ts";
export * from "./text/weights.ts";

// Floor 2
export * from "./prediction/add_noise.ts";
export * from "./prediction/limit.ts";
export * from "./prediction/prediction.ts";
export * from "./prediction/read.ts";
export * from "./prediction/scale_model_input.ts";
export * from "./prediction/split_variance.ts";
export * from "./prediction/threshold.ts";

// Floor 3
export * from "./sampler/brownian_noise.ts";
export * from "./sampler/consistency.ts";
export * from "./sampler/churn.ts";
export * from "./sampler/drive.ts";
export * from "./sampler/euler.ts";
export * from "./sampler/gradient_estimation.ts";
export * from "./sampler/exponential_runge_kutta.ts";
export * from "./sampler/er_sde.ts";
export * from "./sampler/dpm_adaptive.ts";
export * from "./sampler/cfg_plus_plus.ts";
export * from "./sampler/exponential_move.ts";
export * from "./sampler/exponential_multistep.ts";
export * from "./sampler/exponential_singlestep.ts";
export * from "./sampler/exponential_weights.ts";
export * from "./sampler/flow_heun.ts";
export * from "./sampler/freshness.ts";
export * from "./sampler/heun.ts";
export * from "./sampler/inverted.ts";
export * from "./sampler/keep_known.ts";
export * from "./sampler/learned_variance.ts";
export * from "./sampler/linear_multistep.ts";
export * from "./sampler/midpoint.ts";
export * from "./sampler/move.ts";
export * from "./sampler/plms.ts";
export * from "./sampler/repaint.ts";
export * from "./sampler/resampled.ts";
export * from "./sampler/predictor_corrector.ts";
export * from "./sampler/sampler.ts";

// Floor 4
export * from "./guidance/classifier_free.ts";
export * from "./guidance/guidance.ts";
export * from "./guidance/magnitude_aware.ts";
export * from "./guidance/projected.ts";
export * from "./guidance/rescaled.ts";
export * from "./guidance/scale.ts";
export * from "./guidance/tangential.ts";
export * from "./guidance/zero_star.ts";
export * from "./model/attention.ts";
export * from "./model/autoencoder.ts";
export * from "./model/class_labels.ts";
export * from "./model/denoiser.ts";
export * from "./model/folder.ts";
export { guidanceEmbedding } from "./model/guidance_embedding.ts";
export * from "./model/image_denoiser.ts";
export * from "./model/judge.ts";
export * from "./model/model.ts";
export * from "./model/prompt.ts";
export * from "./model/upscaler.ts";
export * from "./scheduler/batch_step.ts";
export * from "./scheduler/catalogue.ts";
export * from "./scheduler/config.ts";
export * from "./scheduler/left_out.ts";
export * from "./scheduler/method.ts";
export * from "./scheduler/names.ts";
export * from "./scheduler/options.ts";
export * from "./scheduler/row.ts";
export * from "./scheduler/scheduler.ts";

// Floor 5
export * from "./pipeline/augment.ts";
export * from "./pipeline/denoise_image.ts";
export type { DrawOptions } from "./pipeline/draw.ts";
export type { FrechetFigures, Yardstick } from "./pipeline/compare_features.ts";
export * from "./pipeline/evaluate.ts";
export type { Evaluation, JudgedFigures, NearestFigures } from "./pipeline/evaluation.ts";
export * from "./pipeline/frame.ts";
export * from "./pipeline/generate.ts";
export { imageToImage, type ImageToImageOptions } from "./pipeline/image_to_image.ts";
export * from "./pipeline/inpaint.ts";
export { InvalidOption } from "./pipeline/invalid_option.ts";
export type { Previews } from "./pipeline/previews.ts";
export type { Asked, ClassShare, JudgedShare } from "./pipeline/judged_share.ts";
export { schedulersFor } from "./pipeline/schedulers_for.ts";
export { type Between, type Seed, seededNoise } from "./pipeline/start.ts";
export * from "./pipeline/stylize.ts";
export * from "./pipeline/text_to_image.ts";
export * from "./pipeline/tiled.ts";
export * from "./pipeline/upscale.ts";
export * from "./pipeline/usual.ts";
