import { catalogue, type Row, samplerNames } from "@unnoise/lib";
import { drawsNoise, errorsOf, type Measured, orderOf, sigmasOf } from "./measure.ts";

/** Everything that a sampler's page says, worked out once for all languages. */
export type Described = {
  readonly row: Row;
  /** How many steps its example takes. */
  readonly count: number;
  readonly draws: boolean;
  readonly sigmas: readonly number[];
  readonly errors: readonly Measured[];
  /** The order that its runs show. */
  readonly order: number | undefined;
  /** What it is called elsewhere, and with which options. */
  readonly names: readonly string[];
};

export function describe(row: Row): Described {
  const count = mostSteps(row);
  const errors = errorsOf(row);
  // Some take each guess for the finished picture, or a time for what it is not here: more steps are no better.
  const converges = errors.length > 0 && errors.at(-1)!.error < errors[0]!.error / 4;
  return {
    row,
    count,
    draws: drawsNoise(row, count),
    sigmas: sigmasOf(row, count),
    errors: converges ? errors : [],
    order: converges ? orderOf(errors) : undefined,
    names: Object.entries(samplerNames).filter(([, ours]) => ours._class_name === row.className).map(([name]) => name),
  };
}

/** All rows, described. */
export function described(): Described[] {
  return catalogue.map(describe);
}

/** Twenty, or as many as a scheduler for fewer takes. */
function mostSteps(row: Row): number {
  for (const count of [20, 4, 2]) {
    try {
      sigmasOf(row, count);
      return count;
    } catch {
      continue;
    }
  }
  return 1;
}

/** A piece of a text: in a colour of the site's, raised as an exponent, or as code. */
export type Piece = { readonly text: string; readonly symbol?: string; readonly raised?: true; readonly code?: true };

/** A sentence in pieces, what stands between backquotes as code. */
export function sentence(text: string): readonly Piece[] {
  return text.split("`").map((text, i) => i % 2 === 0 ? { text } : { text, code: true });
}

const symbols = [["guess", /^x̂/], ["noise", /^ε̂/], ["noisy", /^x′/], ["clean", /^x₀/]] as const;

/** A formula in pieces, the symbols that have a colour on this site with its name. */
export function coloured(formula: string): readonly Piece[] {
  const parts = formula.split(/(x̂[₀₁₋ₘᵣᵢ]*|ε̂[₀₁₂₃₋ₘᵣᵢ]*|x′|x₀|\^\((?:[^()]|\([^()]*\))*\))/);
  return parts.filter((text) => text !== "").map((text) => {
    if (text.startsWith("^(")) return { text: text.slice(2, -1), raised: true };
    const symbol = symbols.find(([, pattern]) => pattern.test(text))?.[0];
    return symbol === undefined ? { text } : { text, symbol: `symbol-${symbol}` };
  });
}

/** The address of a paper, from the words that name it. */
export function papers(source: string): readonly { readonly text: string; readonly address?: string }[] {
  return source.split(/(arXiv:\d{4}\.\d{5})/).filter((text) => text !== "").map((text) => {
    return text.startsWith("arXiv:") ? { text, address: `https://arxiv.org/abs/${text.slice(6)}` } : { text };
  });
}

/** A value of an option as people write it. */
export function shown(value: unknown): string {
  if (value === Infinity || value === Number.MAX_VALUE) return "∞";
  if (value === -Infinity) return "−∞";
  return typeof value === "string" ? value : JSON.stringify(value) ?? "–";
}
