import type { Account } from "../accounts";
import type { PullRequest } from "./model";

/** Makes the account a participant of the pull request, as its first comment does. */
export function joinPull(pull: PullRequest, account: Account): void {
  if (pull.author === account || pull.participants.some((one) => one.account === account)) return;
  pull.participants.push({ account, role: "PARTICIPANT", status: "UNAPPROVED", lastReviewedCommit: null });
}
