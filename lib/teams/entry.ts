import "server-only";
import type { AuditEvent } from "@/lib/audit/events";
import type { Tx } from "@/lib/db/types";
import { tellMembers } from "@/lib/notices/tell";
import { findRole, hasActingOwner, join, setRole } from "./membership";
import type { TeamRole } from "./policy";
import { endProposals, propose } from "./proposals";

/** Somebody who is to be in a team, or an owner of it, by whose word. */
export type Wish = {
  readonly teamId: string;
  readonly userId: string;
  readonly role: TeamRole;
  /** Who adds, raises or has invited them. */
  readonly by: string;
  /** Whether that one is an owner of the team now. */
  readonly isOwnersWord: boolean;
};

/**
 * What a wish came to. `done`: by an owner's word. `proposed`: an owner has to agree. `unasked`: no owner can act, so it is
 * done, and so many members are told.
 */
export type Entry =
  | { readonly kind: "done" }
  | { readonly kind: "proposed" }
  | { readonly kind: "unasked"; readonly told: number };

/**
 * Lets somebody into a team or gives them the role, or proposes it to the team's owners: what a team was given is theirs,
 * and a portal administrator's second account must not get at it. The team's row is locked. Null while a proposal for that
 * person waits for its answer already.
 */
export async function enter(tx: Tx, wish: Wish): Promise<Entry | null> {
  const { teamId, userId, role, by } = wish;
  if (wish.isOwnersWord) {
    await apply(tx, wish);
    return { kind: "done" };
  }
  if (await hasActingOwner(tx, teamId)) {
    return (await propose(tx, { teamId, userId, role, proposedBy: by })) ? { kind: "proposed" } : null;
  }
  const isRaised = (await findRole(tx, teamId, userId)) !== null;
  await apply(tx, wish);
  const kind = isRaised ? "team-owner-made" : "team-member-added";
  return { kind: "unasked", told: await tellMembers(tx, { kind, teamId, aboutId: userId, byId: by }) };
}

/** Gives somebody the role in the team, whatever they were in it before, and ends what was proposed for them. */
export async function apply(tx: Tx, { teamId, userId, role }: Pick<Wish, "teamId" | "userId" | "role">) {
  if (!(await join(tx, teamId, userId, role))) await setRole(tx, teamId, userId, role);
  await endProposals(tx, teamId, "accepted", userId);
}

/** What the team's history tells of a wish and what it came to, in this order. */
export function entryEvents(
  { teamId: subjectId, userId, role }: Wish,
  { entry, wasMember, invitationId }: { entry: Entry; wasMember: boolean; invitationId: string | null },
): [AuditEvent, ...AuditEvent[]] {
  if (entry.kind === "proposed") {
    return [{ event: "team.member-proposed", subjectId, details: { userId, role, invitationId } }];
  }
  const isSo: AuditEvent = wasMember
    ? { event: "team.role-changed", subjectId, details: { userId, role } }
    : { event: "team.member-added", subjectId, details: { userId, role, invitationId } };
  if (entry.kind === "done") return [isSo];
  const details = { userId, role, told: entry.told };
  return [{ event: "team.changed-without-owner", subjectId, details }, isSo];
}
