/** One value of an address's search parameter; an address that gives several has no business here and gives none. */
export function one(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The search parameters of a page as Next gives them. */
export type SearchParams<Name extends string> = Promise<Partial<Record<Name, string | string[]>>>;
