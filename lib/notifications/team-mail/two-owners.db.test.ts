import { and, eq } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { messageSends, teamMail, teamMembers } from "@/drizzle/schema";
import { somebody } from "@/lib/testing/actors";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { aTeamOf } from "@/lib/testing/teams";
import { addTeamMail } from "./mutations";

vi.mock("@/lib/mail/settings", () => ({
  mailSettings: () => ({ url: "smtp://127.0.0.1:1", from: "latchkey@example.com" }),
}));

it("two owners who set a team's address at once both succeed, and one address with its first e-mail stays", async () => {
  const processes = await ownDatabaseOfTwo();
  const [db] = processes;
  const [one, other] = [await somebody(db), await somebody(db)];
  const teamId = await aTeamOf(db, one, other);
  const isOther = and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, other.userId));
  await db.update(teamMembers).set({ role: "owner" }).where(isOther);
  const sent = await Promise.all(
    [one, other, one, other].map((owner, at) =>
      addTeamMail(processes[at % 2] ?? db, owner, { teamId, email: `list-${at}@example.com` }),
    ),
  );
  expect(new Set(sent).size).toBe(4);
  const stayed = await db.select().from(teamMail).where(eq(teamMail.teamId, teamId));
  const queued = await db.select().from(messageSends).where(eq(messageSends.teamId, teamId));
  expect(stayed).toHaveLength(1);
  expect(queued.map(({ teamMailId }) => teamMailId)).toEqual(stayed.map(({ id }) => id));
});
