import "server-only";
import type { AuditEvent } from "@/lib/audit/events";
import type { Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { tellMembers } from "@/lib/notices/tell";
import { findRole, hasActingOwner, join, requireAnotherOwner, setRole } from "./membership";
import type { TeamRole } from "./policy";
import { endProposals, propose } from "./proposals";

/** A request to make a user a member or an owner of a team. */
export type Wish = {
  readonly teamId: string;
  readonly userId: string;
  readonly role: TeamRole;
  /** The user who adds, promotes or invited them. */
  readonly by: string;
  /** True if that user is now an owner of the team. */
  readonly isOwnersWord: boolean;
};

/**
 * The result of a request. `done`: an owner made it. `proposed`: an owner has to agree. `unasked`: no owner can act,
 * so it is done, and the members are told; `told` counts them.
 */
export type Entry =
  | { readonly kind: "done" }
  | { readonly kind: "proposed" }
  | { readonly kind: "unasked"; readonly told: number };

/**
 * Adds a user to a team or changes their role, or proposes it to the team's owners: what the team has access to is
 * its members', and a portal administrator's second account must not get at it. The caller has locked the team's row.
 * Null while a proposal for that user is open.
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

/** Gives a user the role in the team, whatever they were before, and ends their proposals. */
export async function apply(tx: Tx, { teamId, userId, role }: Pick<Wish, "teamId" | "userId" | "role">) {
  if (!(await join(tx, teamId, userId, role))) await setRole(tx, teamId, userId, role);
  await endProposals(tx, teamId, "accepted", userId);
}

/** The history entries for a request and its result, in this order. */
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

/** The result of adding or promoting a user: done, or waiting for an owner. */
export type Answered = "done" | "proposed";

type Moved = { readonly answered: Answered; readonly events: [AuditEvent, ...AuditEvent[]] };

/** Makes a member an owner, or proposes it. CONFLICT if it is proposed already. */
export async function raise(tx: Tx, wish: Wish): Promise<Moved> {
  const entry = await enter(tx, wish);
  if (!entry) {
    throw new AppError({ code: "CONFLICT", message: "This is proposed already. An owner has to answer." });
  }
  const events = entryEvents(wish, { entry, wasMember: true, invitationId: null });
  return { answered: entry.kind === "proposed" ? "proposed" : "done", events };
}

/** Makes an owner a member. CONFLICT for the last owner. */
export async function lower(tx: Tx, wish: Wish): Promise<Moved> {
  const { teamId, userId, role } = wish;
  await requireAnotherOwner(tx, teamId, userId);
  await setRole(tx, teamId, userId, role);
  const entry = { kind: "done" } as const;
  return { answered: "done", events: entryEvents(wish, { entry, wasMember: true, invitationId: null }) };
}
