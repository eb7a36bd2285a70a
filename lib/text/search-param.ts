/** A page's search parameters as Next gives them: an array if the URL repeats a name. */
export type SearchParams<Name extends string> = Promise<Partial<Record<Name, string | string[]>>>;

/** The parameters that occur once in the URL; a repeated one counts as absent. */
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
