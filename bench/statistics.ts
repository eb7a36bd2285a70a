/** The quantile of `values` at `share`, by nearest rank; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A median with minimum and maximum, which show a noisy machine. */
export type Spread = { median: number; least: number; most: number };

/** The spread of the measurements of several rounds. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), least: Math.min(...values), most: Math.max(...values) };
}

/** The share of pairs (one value of each) in which the value of `some` is larger; a tie counts half. NaN for none. */
export function shareSlower(some: readonly number[], others: readonly number[]): number {
  let larger = 0;
  for (const one of some) {
    for (const other of others) larger += one > other ? 1 : one === other ? 0.5 : 0;
  }
  return larger / (some.length * others.length);
}
