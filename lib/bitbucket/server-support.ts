/** The last day on which Atlassian supports a feature version of Bitbucket Data Center, by ISO date; see `supportOf`. */
const lastDays: Readonly<Record<string, string>> = {
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

const dayMs = 24 * 60 * 60 * 1000;
const soonMs = 90 * dayMs;

export type ServerSupport =
  | { readonly state: "unknown" }
  /** `lastDay` is an ISO date; null where only the end is known, not its day. */
  | { readonly state: "ended"; readonly lastDay: string | null }
  | { readonly state: "ends-soon" | "supported"; readonly lastDay: string };

/**
 * Whether Atlassian still supports that version at that moment: `ends-soon` within its last 90 days, `unknown` for
 * versions newer than this table. As published in July 2025:
 * https://confluence.atlassian.com/support/atlassian-support-end-of-life-policy-201851003.html as collected by
 * https://endoflife.date/bitbucket, those before 8.7 from
 * https://bitbucket.org/atlassian/platform-module-usage/wiki/Bitbucket%20Server.md. Each version has about two years, so
 * what is older than the oldest entry has ended too; under a licence of Bitbucket Server, in place of Data Center,
 * support ended for every version on 15 February 2024 (https://www.atlassian.com/migration/assess/journey-to-cloud).
 * Pure.
 */
export function supportOf(version: string | null, now: Date): ServerSupport {
  const [, major = "", minor = ""] = /^(\d{1,4})\.(\d{1,4})/.exec(version ?? "") ?? [];
  if (major === "") return { state: "unknown" };
  const lastDay = lastDays[`${Number(major)}.${Number(minor)}`];
  if (lastDay === undefined) {
    const isOlder = Number(major) < 7 || (Number(major) === 7 && Number(minor) < 21);
    return isOlder ? { state: "ended", lastDay: null } : { state: "unknown" };
  }
  const leftMs = Date.parse(lastDay) + dayMs - now.getTime();
  if (leftMs <= 0) return { state: "ended", lastDay };
  return { state: leftMs <= soonMs ? "ends-soon" : "supported", lastDay };
}
