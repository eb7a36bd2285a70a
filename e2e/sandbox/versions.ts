function parts(version: string): [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

/** Whether `version` is `floor` or later. */
export function isAtLeast(version: string, floor: string): boolean {
  const [major, minor, patch] = parts(version);
  const [floorMajor, floorMinor, floorPatch] = parts(floor);
  if (major !== floorMajor) return major > floorMajor;
  if (minor !== floorMinor) return minor > floorMinor;
  return patch >= floorPatch;
}

/** The build number that a server of this version reports, as text: 7.11.2 is "7011002". */
export function buildNumberOf(version: string): string {
  const [major, minor, patch] = parts(version);
  return String(major * 1_000_000 + minor * 1_000 + patch);
}

/**
 * Whether API keys count only below /rest and /scm: from 8.9.22, 8.19.12 and 9.3.2 on.
 * https://support.atlassian.com/bitbucket-data-center/kb/access-tokens-no-longer-work-as-expected-after-upgrading-bitbucket-data-center
 */
export function limitsKeysToRest(version: string): boolean {
  const [major, minor, patch] = parts(version);
  if (major === 8 && minor === 9) return patch >= 22;
  if (major === 8 && minor === 19) return patch >= 12;
  return isAtLeast(version, "9.3.2");
}
