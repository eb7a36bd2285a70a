const numbers = new Intl.NumberFormat("en");

/** A count with its noun, such as "1 session" and "1,200 sessions"; a noun that takes no s brings its plural. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${numbers.format(count)} ${count === 1 ? noun : plural}`;
}

/** A number with its thousands set apart, such as "1,200". */
export function grouped(count: number): string {
  return numbers.format(count);
}

/** Lists are counted up to this number; one more stands for any greater number. */
export const mostCounted = 1_000;

/** A number that was counted so far, such as "213" or "1,000+". */
export function countedInWords(count: number): string {
  return count > mostCounted ? `${grouped(mostCounted)}+` : grouped(count);
}

type Found = {
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly previous?: string | null;
  /** How many the whole list has, counted up to `mostCounted`; null or absent if nobody counted. */
  readonly total?: number | null;
};

/**
 * How many items a list has, such as "3 users" or "1,000+ users"; without a total, "More than 48 users" on its first page
 * if others follow, and null on later pages.
 */
export function foundInWords(
  { items, next, previous = null, total = null }: Found,
  noun: string,
): string | null {
  if (total !== null && total > mostCounted) return `${countedInWords(total)} ${noun}s`;
  if (total !== null) return countOf(total, noun);
  if (previous !== null) return null;
  return next ? `More than ${countOf(items.length, noun)}` : countOf(items.length, noun);
}
