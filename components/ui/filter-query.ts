/** A filter as the query of an address: its fields in their order, without the empty ones. */
export function filterQueryOf(fields: Iterable<readonly [string, unknown]>): string {
  const filled = [...fields].flatMap(([name, value]) =>
    typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [],
  );
  return new URLSearchParams(filled).toString();
}
