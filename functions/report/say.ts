/** A share as a percentage, "97.5 %", which no line break tears apart. */
export function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  // 99.96 % is not all, and 0.04 % not nothing.
  if (text === "100.0" && share < 1) return ">\u00a099.9\u00a0%";
  if (text === "0.0" && share > 0) return "<\u00a00.1\u00a0%";
  return `${text.replace(/\.0$/, "")}\u00a0%`;
}

/** A number with two decimals, or as many as are asked for. */
export function decimals(value: number, count = 2): string {
  return value === Infinity ? "∞" : value.toFixed(count);
}

/** Whether it says anything that a label is among the first five of so many. */
export function hasFirstFive(labels: readonly string[]): boolean {
  return labels.length > 20;
}

/** The mean of some values, infinite where one of them is. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
