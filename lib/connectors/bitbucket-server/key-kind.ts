import type { CheckedAccess, CheckedAccount, KeyKind } from "@/lib/connectors/types";

/** The account that a key signed in as, and whether the server searched for its record. */
type Known = {
  readonly account: CheckedAccount;
  readonly lookedUp: boolean;
  readonly access: CheckedAccess;
};

/**
 * What a key belongs to, inferred from what the server lets it do; null where that is ambiguous. Bitbucket has no
 * direct answer: keys of projects and repositories act as service accounts, which the list of users may leave out.
 * Such a key covers one project, or one repository and no project. Pure.
 */
export function keyKindOf({ account, lookedUp, access }: Known): KeyKind | null {
  if (account.type === "user") return "user";
  const projects = access.projectRights?.readable ?? null;
  const isService = account.type === "service";
  // A user's key may also be refused the search, and be able to read just one project.
  if ((!lookedUp && !isService) || projects === null) return null;
  if (projects.count > 0) return isService || isOne(projects) ? "project" : null;
  const { readable } = access;
  if (readable === null || readable.count === 0) return null;
  // More than one repository: more likely a user's key whose account name was lost.
  return isService || isOne(readable) ? "repository" : null;
}

function isOne({ count, more }: { readonly count: number; readonly more: boolean }): boolean {
  return count === 1 && !more;
}
