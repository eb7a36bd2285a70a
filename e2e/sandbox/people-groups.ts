import type { Account } from "./accounts";

/** The groups of the company, by name. */
export const groupNames = ["data-engineers", "everybody", "payments-team", "release-managers"] as const;

/** Whether the account belongs to the group; a group that does not exist has no members. */
export function isMember(account: Account, group: string): boolean {
  switch (group) {
    case "everybody":
      return true;
    case "data-engineers":
      return account.id % 5 === 1;
    case "payments-team":
      return account.id % 5 === 2;
    case "release-managers":
      return account.id % 25 === 4;
    default:
      return false;
  }
}
