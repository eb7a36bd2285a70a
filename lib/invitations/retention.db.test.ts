import { and, eq, isNull, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { invitations } from "@/drizzle/schema";
import { addTeam } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { inviteToTeam } from "./mutations";
import { listTeamInvitations } from "./queries";
import { forgetClosedInvitations } from "./retention";

it("invitations are forgotten 30 days after they were used, revoked or expired, and no open one ever", () =>
  withRollback(async (db) => {
    const owner = await somebody(db);
    const teamId = await addTeam(db, owner, { name: "Data platform", description: "" });
    const isFresh = and(
      isNull(invitations.acceptedAt),
      isNull(invitations.revokedAt),
      sql`${invitations.expiresAt} > now()`,
    );
    for (const end of ["expiresAt", "acceptedAt", "revokedAt"] as const) {
      for (const daysAgo of [29, 31]) {
        await inviteToTeam(db, owner, { teamId, days: 7 });
        const endedAt = sql`now() - ${daysAgo} * interval '1 day'`;
        await db
          .update(invitations)
          .set({ [end]: endedAt })
          .where(isFresh);
      }
    }
    await inviteToTeam(db, owner, { teamId, days: 7 });
    expect(await forgetClosedInvitations(db, 2)).toBe(2);
    expect(await forgetClosedInvitations(db, 2)).toBe(1);
    expect(await forgetClosedInvitations(db, 2)).toBe(0);
    expect(await db.$count(invitations, eq(invitations.teamId, teamId))).toBe(4);
    expect(await listTeamInvitations(db, owner, teamId)).toHaveLength(1);
  }));
