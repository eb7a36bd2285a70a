/** Why a run waits or ended so. A closed list: rows and words switch over it. */
export const runReasons = [
  // Waiting.
  "rate-limit",
  "starting",
  // Queued again: the connection was lost, or the server failed.
  "lost-connection",
  // Cancelled.
  "by-user",
  "source-paused",
  // Failed.
  "nothing-chosen",
  // Of a destination: where its records come from was deleted, or its owner may not see it any more.
  "input-deleted",
  "input-lost",
  // Of a destination: a column that its mapping uses is gone.
  "mapping-broken",
  // Of a destination: the switch that its action needs is off.
  "not-switched-on",
  // Of a destination: what it writes, or where its records come from, was changed during the run.
  "settings-changed",
  "owner-disabled",
  "credential-deleted",
  "credential-lost",
  "credential-suspended",
  "credential-refused",
  "credential-held-back",
  "unreachable",
  "server-fails",
  "server-refuses",
  "not-available",
  // An answer to a manual request without records where the source says that they are.
  "records-not-found",
  "portal-fault",
] as const;
export type RunReason = (typeof runReasons)[number];

/** The reason of that name, or null. */
export function runReasonOf(name: string | null): RunReason | null {
  return runReasons.find((one) => one === name) ?? null;
}
