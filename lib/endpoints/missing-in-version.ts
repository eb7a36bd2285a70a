/** The version that a stream needs, if the server's is known and older; else null. */
export function missingInVersion(since: string | null, serverVersion: string | null): string | null {
  if (since === null || serverVersion === null) return null;
  const needed = numbersOf(since);
  const has = numbersOf(serverVersion);
  for (const [index, number] of needed.entries()) {
    const own = has[index] ?? 0;
    if (own !== number) return own < number ? since : null;
  }
  return null;
}

function numbersOf(version: string): number[] {
  return version.split(".").map((part) => Number.parseInt(part, 10) || 0);
}
