/** The search parameters of a page as Next gives them: several values when an address repeats a name. */
export type SearchParams<Name extends string> = Promise<Partial<Record<Name, string | string[]>>>;

/** Those of the parameters that stand in the address once; one that is repeated has no business here and counts as absent. */
export function only<Name extends string>(
  given: Partial<Record<Name, string | string[]>>,
): Partial<Record<Name, string>> {
  const single: Partial<Record<Name, string>> = {};
  for (const name in given) {
    const value = given[name];
    if (typeof value === "string") single[name] = value;
  }
  return single;
}
