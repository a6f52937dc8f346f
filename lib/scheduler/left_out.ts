/** A scheduler of diffusers that the catalogue lacks. */
export type LeftOut = {
  /** The class of diffusers. */
  readonly className: string;
  /** Why, in a sentence. */
  readonly why: string;
};

/** The schedulers of diffusers that the catalogue lacks, and why. */
export const leftOut: readonly LeftOut[] = [
  { className: "AmusedScheduler", why: "It unmasks tokens of a codebook; there is no noise to remove." },
  {
    className: "BlockRefinementScheduler",
    why: "It writes text, and commits tokens of a block by their probabilities.",
  },
  {
    className: "ConsistencyDecoderScheduler",
    why: "It is part of DALL·E 3's decoder: two fixed times in a table of its own, for nothing else.",
  },
  { className: "DiscreteDDIMScheduler", why: "It is a posterior over tokens, not over numbers." },
  {
    className: "EntropyBoundScheduler",
    why: "It writes text, and accepts tokens by the entropy of their probabilities.",
  },
  {
    className: "HeliosDMDScheduler",
    why: "Its step takes the noise and the tables of σ and times from Helios' pipeline, which alone makes them.",
  },
  {
    className: "HeliosScheduler",
    why:
      "It runs the stages of Helios' pyramid, each with a table of σ that its pipeline picks; its solvers, Euler and UniPC along a flow, are here.",
  },
  {
    className: "KarrasVeScheduler",
    why:
      "It is deprecated, takes σ instead of times and has no set order of questions; Heun with churn is the same sampler.",
  },
  {
    className: "PiflowScheduler",
    why: "Its networks say a whole policy, several velocities in one output, which only pi-Flow models do.",
  },
  {
    className: "RFD4ProteinaScheduler",
    why: "It moves the atoms of RFdiffusion's proteins, needs their mask at each step and has no pictures.",
  },
  { className: "VQDiffusionScheduler", why: "It is a posterior over tokens of a codebook, not over numbers." },
];
