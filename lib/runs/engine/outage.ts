/** Failures of the way to the server: they concern all parts of a run alike. */
const ofTheWay: ReadonlySet<string> = new Set([
  "NAME_UNKNOWN",
  "UNREACHABLE",
  "TIMED_OUT",
  "PROXY_UNREACHABLE",
  "PROXY_SILENT",
  "PROXY_NO_WAY",
  "PROXY_REFUSES",
]);

/** True if the server could not be reached, false if it answered with an error. */
export function isUnreachable(reason: string): boolean {
  return ofTheWay.has(reason);
}
