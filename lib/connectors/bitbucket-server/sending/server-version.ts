/** True if a version is known and older than that one: `isOlder("7.9.1", [7, 14])`. */
export function isOlder(version: string | null, [major, minor]: readonly [number, number]): boolean {
  const [, ...parts] = /^(\d+)\.(\d+)/.exec(version ?? "") ?? [];
  const [ofMajor, ofMinor] = parts.map(Number);
  if (ofMajor === undefined || ofMinor === undefined) return false;
  return ofMajor < major || (ofMajor === major && ofMinor < minor);
}
