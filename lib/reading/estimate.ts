import type { CheckedAllowance } from "@/lib/connectors/types";

/** What is known of a full first reading before it is made. Every number is a lower bound. */
export type Estimate = {
  readonly calls: number;
  /** True if the calls are exactly as many, not just at least. */
  readonly isExact: boolean;
  /** The time that the account's request allowance leaves for them; 0 if there is no limit, null if it is unknown. */
  readonly leastSeconds: number | null;
  /** The repositories or projects that will be read; null if they were not counted. */
  readonly groups: Counted | null;
  /** The records of the whole stream; null unless all of them were counted. */
  readonly rows: Counted | null;
};

/** `more`: the server has further ones. */
export type Counted = { readonly count: number; readonly more: boolean };

/** What a preview has learned. */
export type Learned = {
  /** Requests of the start, before any group. */
  readonly startCalls: number;
  /** True if the start reads a repository or project itself: the first of those that were chosen. */
  readonly startIsGroup: boolean;
  readonly startIsOver: boolean;
  /** Partitions that the start made known, and the records that it brought itself. */
  readonly groups: number;
  readonly startRecords: number;
  /** True if a group needs further requests for each of its children, or has further pages. */
  readonly groupsGoOn: boolean;
};

/** The estimate of a reading, from what its first requests have shown. */
export function estimateOf(learned: Learned, allowance: CheckedAllowance | null): Estimate {
  const { startCalls, startIsOver, groups, startRecords, groupsGoOn } = learned;
  const more = !startIsOver;
  const calls = startCalls + groups + (more ? 1 : 0);
  const hasGroups = groups > 0;
  return {
    calls,
    isExact: !more && !hasGroups && !groupsGoOn,
    leastSeconds: leastSeconds(calls, allowance),
    groups: hasGroups ? groupsOf(learned) : null,
    rows: hasGroups ? null : { count: startRecords, more },
  };
}

// Chosen ones are all known, however many pages the first of them has.
function groupsOf({ startIsGroup, startIsOver, groups }: Learned): Counted {
  return startIsGroup ? { count: groups + 1, more: false } : { count: groups, more: !startIsOver };
}

function leastSeconds(calls: number, allowance: CheckedAllowance | null): number | null {
  if (allowance === null) return null;
  if (allowance.kind === "unlimited" || allowance.perSecond <= 0) return 0;
  return Math.max(0, Math.ceil((calls - allowance.atOnce) / allowance.perSecond));
}
