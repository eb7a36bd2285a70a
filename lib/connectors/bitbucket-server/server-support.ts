import { warnAheadMs } from "./warn-ahead";

/** The day on which this table was compared with Atlassian's published end-of-support dates; see `supportOf`. */
export const supportTableDate = "2026-08-22";

/** The last day on which Atlassian supports a feature version of Bitbucket Data Center, by ISO date. */
const lastDays: Readonly<Record<string, string>> = {
  "10.4": "2028-07-21",
  "10.3": "2028-05-12",
  "10.2": "2028-03-03",
  "10.1": "2027-11-20",
  "10.0": "2027-09-08",
  "9.6": "2027-01-18",
  "9.5": "2027-01-07",
  "9.4": "2026-12-03",
  "9.3": "2026-10-29",
  "9.2": "2026-09-24",
  "9.1": "2026-08-27",
  "9.0": "2026-07-23",
  "8.19": "2026-03-12",
  "8.18": "2026-02-06",
  "8.17": "2026-01-09",
  "8.16": "2025-11-28",
  "8.15": "2025-10-24",
  "8.14": "2025-09-19",
  "8.13": "2025-08-15",
  "8.12": "2025-07-11",
  "8.11": "2025-06-06",
  "8.10": "2025-05-02",
  "8.9": "2025-04-12",
  "8.8": "2025-02-07",
  "8.7": "2025-01-10",
  "8.6": "2024-11-12",
  "8.5": "2024-10-08",
  "8.4": "2024-09-04",
  "8.3": "2024-07-31",
  "8.2": "2024-06-25",
  "8.1": "2024-05-22",
  "8.0": "2024-05-10",
  "7.21": "2024-02-28",
};

/** The long-term support releases, recommended between upgrades. */
const longTerm: ReadonlySet<string> = new Set(["10.2", "9.4", "8.19", "8.9", "7.21"]);
const newest = [10, 4] as const;

/** The recommended upgrade from a version whose support ends: the newest long-term support release. */
const goal = { version: "10.2", lastDay: "2028-03-03" } as const;

const dayMs = 24 * 60 * 60 * 1000;

/** The release to upgrade to, and its last day as an ISO date. */
export type UpgradeGoal = { readonly version: string; readonly lastDay: string };

export type ServerSupport =
  /** A version that is neither in the table nor later than it. */
  | { readonly state: "unknown" }
  /** Released after the table was made. */
  | { readonly state: "newer" }
  | {
      readonly state: "ended" | "ends-soon" | "supported";
      /** ISO date; null if support has ended on an unknown day. */
      readonly lastDay: string | null;
      readonly isLongTerm: boolean;
      /** Null while no upgrade is needed, and where no known release lasts longer. */
      readonly goal: UpgradeGoal | null;
    };

/**
 * Whether Atlassian supports that version as of `now`: `ends-soon` within its last 90 days, `newer` for versions
 * later than this table. Sources, as of `supportTableDate`:
 * https://confluence.atlassian.com/support/atlassian-support-end-of-life-policy-201851003.html as collected by
 * https://endoflife.date/bitbucket, those before 8.7 from
 * https://bitbucket.org/atlassian/platform-module-usage/wiki/Bitbucket%20Server.md. Each version is supported for
 * about two years, so versions older than the oldest entry have ended, too. Under a licence of Bitbucket Server, in
 * place of Data Center, support ended for every version on 15 February 2024
 * (https://www.atlassian.com/migration/assess/journey-to-cloud). Pure.
 */
export function supportOf(version: string | null, now: Date): ServerSupport {
  const [, ...parts] = /^(\d{1,4})\.(\d{1,4})(?!\d)/.exec(version ?? "") ?? [];
  const [major, minor] = parts.map(Number);
  if (major === undefined || minor === undefined) return { state: "unknown" };
  const name = `${major}.${minor}`;
  const isLongTerm = longTerm.has(name);
  const lastDay = lastDays[name];
  if (lastDay === undefined) {
    if (isBefore([major, minor], [7, 21])) {
      return { state: "ended", lastDay: null, isLongTerm, goal: goalAt(now, null) };
    }
    return { state: isBefore(newest, [major, minor]) ? "newer" : "unknown" };
  }
  const leftMs = msLeft(lastDay, now);
  if (leftMs <= 0) return { state: "ended", lastDay, isLongTerm, goal: goalAt(now, lastDay) };
  if (leftMs > warnAheadMs.support) return { state: "supported", lastDay, isLongTerm, goal: null };
  return { state: "ends-soon", lastDay, isLongTerm, goal: goalAt(now, lastDay) };
}

type Version = readonly [major: number, minor: number];

function isBefore([major, minor]: Version, [otherMajor, otherMinor]: Version): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/** A day counts until its end in UTC: Atlassian names no time zone. */
function msLeft(day: string, now: Date): number {
  return Date.parse(day) + dayMs - now.getTime();
}

function goalAt(now: Date, lastDay: string | null): UpgradeGoal | null {
  const lastsLonger = lastDay === null || lastDay < goal.lastDay;
  return lastsLonger && msLeft(goal.lastDay, now) > 0 ? goal : null;
}
