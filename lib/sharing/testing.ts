import { credentialGrants, flowGrants, teamMembers, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { GrantableCredentialRole } from "@/lib/credentials/policy";
import type { Db } from "@/lib/db/client";
import type { GrantableFlowRole } from "@/lib/flows/policy";

/** For database tests: who a grant is for. */
export type TestHolder = { userId: string } | { teamId: string };

/** A team of these people, and its id. */
export async function aTeam(db: Db, ...members: readonly Actor[]): Promise<string> {
  const id = crypto.randomUUID();
  await db.insert(teams).values({ id, name: `Team ${id}` });
  for (const { userId } of members)
    await db.insert(teamMembers).values({ teamId: id, userId, role: "member" });
  return id;
}

/** A live grant on a credential, given by `by`. */
export async function grantCredential(
  db: Db,
  by: Actor,
  credentialId: string,
  holder: TestHolder,
  role: GrantableCredentialRole,
): Promise<void> {
  await db.insert(credentialGrants).values({ credentialId, ...holder, role, grantedBy: by.userId });
}

/** A live grant on a source or destination, given by `by`. */
export async function grantFlow(
  db: Db,
  by: Actor,
  flowId: string,
  holder: TestHolder,
  role: GrantableFlowRole,
): Promise<void> {
  await db.insert(flowGrants).values({ flowId, ...holder, role, grantedBy: by.userId });
}
