const numbers = new Intl.NumberFormat("en");

/** A count with its noun, such as "1 session" and "1,200 sessions"; for nouns that take an s. */
export function countOf(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}
