import { and, eq, isNull, like } from "drizzle-orm";
import { messages, teamMembers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { addMember, addTeam } from "@/lib/teams/mutations";
import { somebody } from "./actors";

let made = 0;

/** For database tests: creates a team of the owner's, with these members, who have forgotten that it was told. Returns its id. */
export async function aTeamOf(db: Db, owner: Actor, ...members: readonly Actor[]): Promise<string> {
  made += 1;
  const teamId = await addTeam(db, owner, { name: `Team ${made}`, description: "" });
  for (const { email, userId } of members) {
    await addMember(db, owner, { teamId, email });
    await db
      .delete(messages)
      .where(and(eq(messages.userId, userId), like(messages.eventKey, "team:began:%")));
  }
  return teamId;
}

/** For database tests: the users of a team's scenarios. */
export async function teamUsers(db: Db) {
  const [owner, member, outsider] = [await somebody(db), await somebody(db), await somebody(db)];
  return { owner, member, outsider, administrator: await somebody(db, "administrator") };
}

/** The current members of a team and their roles, by id. */
export async function rolesIn(db: Db, teamId: string): Promise<Record<string, string>> {
  const rows = await db
    .select({ userId: teamMembers.userId, role: teamMembers.role })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), isNull(teamMembers.endedAt)));
  return Object.fromEntries(rows.map(({ userId, role }) => [userId, role]));
}
