import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { teamMail, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { isOwnedBy } from "@/lib/notifications/webhooks/owned";
import type { TeamMail } from "./types";

/** A team's e-mail address, with who set it and what is not mailed there; null without one, and unless the actor owns the team. */
export async function findTeamMail(db: Db, actor: Actor, teamId: string): Promise<TeamMail | null> {
  const ownership = and(
    eq(teamMembers.teamId, teamMail.teamId),
    eq(teamMembers.userId, teamMail.setById),
    eq(teamMembers.role, "owner"),
    isNull(teamMembers.endedAt),
  );
  const [row] = await db
    .select({
      id: teamMail.id,
      address: teamMail.address,
      mutedKinds: teamMail.mutedKinds,
      stoppedAt: teamMail.stoppedAt,
      name: users.name,
      disabledAt: users.disabledAt,
      ownershipId: teamMembers.id,
    })
    .from(teamMail)
    .innerJoin(users, eq(users.id, teamMail.setById))
    .leftJoin(teamMembers, ownership)
    .where(and(eq(teamMail.teamId, teamId), isOwnedBy(actor, teamMail.teamId)));
  if (!row) return null;
  const { name, disabledAt, ownershipId, stoppedAt, ...mail } = row;
  return {
    ...mail,
    isStopped: stoppedAt !== null,
    setBy: { name, isOwner: ownershipId !== null && disabledAt === null },
  };
}
