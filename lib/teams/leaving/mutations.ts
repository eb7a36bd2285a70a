import "server-only";
import type { Actor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import { tellRestored } from "@/lib/notifications/telling/team";
import { endedStay, lockTeam, restoreStay, tooLateToUndo } from "@/lib/teams/membership";
import { requireTeamRight } from "@/lib/teams/require-right";
import type { MemberInput } from "@/lib/teams/schema";

/**
 * Undoes the actor's removal of a member within a minute: the same membership goes on, with its role and date. CONFLICT
 * later, or if they left or were let in meanwhile.
 */
export async function undoRemoveMember(db: Db, actor: Actor, input: MemberInput): Promise<void> {
  const { teamId, userId } = input;
  await changeWith(db, actor, async (tx) => {
    const { name } = await requireTeamRight(tx, actor, teamId, "removeMember");
    if (!(await endedStay(tx, actor, "team.member-removed", input))) throw tooLateToUndo();
    const role = await restoreStay(tx, teamId, userId);
    if (!role) throw tooLateToUndo();
    await tellRestored(tx, actor, { userId, teamId, team: name, role });
    return changed({ event: "team.member-restored", subjectId: teamId, details: { userId, role } });
  });
}

/** The same for a team that the actor left. NOT_FOUND if they did not leave it. */
export async function undoLeaveTeam(db: Db, actor: Actor, teamId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { userId } = actor;
    const didLeave = () => endedStay(tx, actor, "team.member-left", { teamId, userId });
    // Asked before the lock, for which others must not wait, and after it.
    if (!(await didLeave())) throw notFound("team");
    const isThere = await lockTeam(tx, actor, teamId);
    const role = isThere && (await didLeave()) ? await restoreStay(tx, teamId, userId) : null;
    if (!role) throw tooLateToUndo();
    return changed({ event: "team.member-restored", subjectId: teamId, details: { userId, role } });
  });
}
