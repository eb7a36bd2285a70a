/** A count that the database returned: a server sends bigints as text. */
export function countFrom(value: unknown): number {
  const count = Number(value);
  if (!Number.isSafeInteger(count)) throw new Error("the database returned no count");
  return count;
}
