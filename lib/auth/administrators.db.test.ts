import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { describeCertificate } from "@/lib/egress/presented-certificate";
import { inviteToPortal, inviteToTeam } from "@/lib/invitations/mutations";
import { addTrust, endTrust } from "@/lib/servers/mutations";
import { addMember, editTeam } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { makeCertificate } from "@/lib/testing/certificates";
import { withRollback } from "@/lib/testing/database";
import { aTeamOf } from "@/lib/testing/teams";
import { disableUser } from "@/lib/users/mutations";

const origin = "https://bitbucket.example.com";

async function aCertificate() {
  const made = await makeCertificate({ name: "Authority", isAuthority: true });
  const described = describeCertificate(made.cert);
  if (!described) throw new Error("the certificate that was just made cannot be read");
  return described;
}

type ScenarioFixture = {
  db: Db;
  actor: Actor;
  teamId: string;
  email: string;
  userId: string;
  trustId: string;
};

const changes: Record<string, (fixture: ScenarioFixture) => Promise<unknown>> = {
  "edit a team": ({ db, actor, teamId }) =>
    editTeam(db, actor, { teamId, name: "Taken over", description: "", version: 1 }),
  "add somebody to a team": ({ db, actor, teamId, email }) => addMember(db, actor, { teamId, email }),
  "invite into a team": ({ db, actor, teamId }) => inviteToTeam(db, actor, { teamId, days: 1 }),
  "invite into the portal": ({ db, actor }) => inviteToPortal(db, actor, { days: 1 }),
  "disable somebody": ({ db, actor, userId }) => disableUser(db, actor, userId),
  "trust a certificate": async ({ db, actor }) =>
    addTrust(db, actor, { origin, kind: "pin", certificate: await aCertificate() }),
  "end a trust": ({ db, actor, trustId }) => endTrust(db, actor, trustId),
};

describe.each([
  ["demoted", { role: "member" as const }],
  ["disabled", { disabledAt: new Date() }],
])("a portal administrator who is %s after their request began", (_what, change) => {
  it.each(Object.entries(changes))("can no longer %s, and nothing is changed", (_name, act) =>
    withRollback(async (db) => {
      const [actor, owner, outsider] = [
        await somebody(db, "administrator"),
        await somebody(db),
        await somebody(db),
      ];
      await somebody(db, "administrator");
      const teamId = await aTeamOf(db, owner);
      const trust = { origin, kind: "authority", certificate: await aCertificate() } as const;
      const trustId = await addTrust(db, actor, trust);
      const fixture = { db, actor, teamId, trustId, email: outsider.email, userId: outsider.userId };
      await db.update(users).set(change).where(eq(users.id, actor.userId));
      const before = await db.$count(auditEvents);
      await expect(act(fixture)).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await db.$count(auditEvents)).toBe(before);
    }),
  );
});

it("a demoted portal administrator keeps what they may do in a team that they are an owner of, and its invitations make no accounts", () =>
  withRollback(async (db) => {
    const actor = await somebody(db, "administrator");
    const teamId = await aTeamOf(db, actor);
    await db.update(users).set({ role: "member" }).where(eq(users.id, actor.userId));
    await inviteToTeam(db, actor, { teamId, days: 1 });
    const [made] = await db.query.invitations.findMany();
    expect(made).toMatchObject({ teamId, opensSignUp: false });
  }));
