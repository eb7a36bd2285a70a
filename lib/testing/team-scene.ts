import { eq } from "drizzle-orm";
import { auditEvents, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { listProposals } from "@/lib/teams/queries";
import { aCredential, ownerOfCredentials } from "./credentials";
import { grantCredential } from "./sharing";
import { aTeamOf, teamUsers } from "./teams";

/** A team with access to a credential, and an administrator with a second account. */
export async function scene(db: Db) {
  const owner = await ownerOfCredentials(db);
  const { member, outsider: second, administrator } = await teamUsers(db);
  const teamId = await aTeamOf(db, owner, member);
  const credentialId = await addCredential(db, owner, aCredential());
  await grantCredential(db, owner, credentialId, { teamId }, "administrator");
  return { db, owner, member, second, administrator, teamId, credentialId };
}

/** The fixture of scenarios about proposals. */
export type Scene = Awaited<ReturnType<typeof scene>>;

/** Disables or enables an account, without an administrator. */
export function setDisabled(db: Db, { userId }: Actor, isDisabled: boolean): Promise<unknown> {
  const disabledAt = isDisabled ? new Date() : null;
  return db.update(users).set({ disabledAt }).where(eq(users.id, userId));
}

/** The one open proposal of a team, with the ids that an answer needs. */
export async function openIn(db: Db, owner: Actor, teamId: string) {
  const [proposal, ...more] = await listProposals(db, owner, teamId);
  if (!proposal || more.length > 0) throw new Error("there is not exactly one proposal");
  return { teamId, proposalId: proposal.id };
}

/** The kinds of all events of a team, in order. */
export async function eventsOf(db: Db, teamId: string): Promise<string[]> {
  const rows = await db
    .select({ event: auditEvents.event })
    .from(auditEvents)
    .where(eq(auditEvents.subjectId, teamId))
    .orderBy(auditEvents.id);
  return rows.map(({ event }) => event);
}
