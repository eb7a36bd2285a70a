import { holdsApiKey } from "./api-key-shape";

/** The parameter that says that an API key was taken out of an address. */
export const withheldParameter = "withheld";

/**
 * Where to send a browser whose address holds an API key in its query: the same place without it, so that it stays in no
 * history and reaches no page. Null for every other address. Path and query only.
 */
export function keyFreeAddress({
  pathname,
  searchParams,
}: Pick<URL, "pathname" | "searchParams">): string | null {
  const given = [...searchParams];
  const kept = given.filter((pair) => !pair.some(holdsApiKey));
  if (kept.length === given.length) return null;
  const others = kept.filter(([name]) => name !== withheldParameter);
  return `${pathname}?${new URLSearchParams([...others, [withheldParameter, "key"]])}`;
}
