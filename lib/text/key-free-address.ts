import { holdsApiKey } from "./api-key-shape";
import { withheldParameter } from "./withheld-key";

/**
 * Where to redirect a browser whose URL has an API key in its query: the same URL without it, so that the key stays
 * in no history and reaches no page. Null for every other URL. Path and query only.
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
