import type { CheckedAccess, CheckedAccount, KeyKind } from "@/lib/connectors/types";

/** Who a key signed in as, and whether the server looked for a record of that account at all. */
type Known = {
  readonly account: CheckedAccount;
  readonly lookedUp: boolean;
  readonly access: CheckedAccess;
};

/**
 * What a key belongs to, by what the server lets it do; null where that leaves it open. Bitbucket has no answer to the
 * question itself: keys of projects and repositories act as service accounts, which the list of users may leave out.
 * Such a key stands for one project, or for one repository and no project. Pure.
 */
export function keyKindOf({ account, lookedUp, access }: Known): KeyKind | null {
  if (account.type === "user") return "user";
  const projects = access.projectRights?.readable ?? null;
  const isService = account.type === "service";
  // A person's key may be refused the lookup as well, and be able to read just one project.
  if ((!lookedUp && !isService) || projects === null) return null;
  if (projects.count > 0) return isService || isOne(projects) ? "project" : null;
  const { readable } = access;
  if (readable === null || readable.count === 0) return null;
  // More than one: rather the key of a user whose name got lost on the way.
  return isService || isOne(readable) ? "repository" : null;
}

function isOne({ count, more }: { readonly count: number; readonly more: boolean }): boolean {
  return count === 1 && !more;
}
