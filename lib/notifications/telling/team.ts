import "server-only";
import { sql } from "drizzle-orm";
import { credentialGrants, endpointGrants, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { rowsOf } from "@/lib/db/rows";
import type { Tx } from "@/lib/db/types";
import type { SharedWithTeam } from "@/lib/notifications/news";
import { writeMessage } from "@/lib/notifications/writing/write";

type Of = { readonly userId: string; readonly teamId: string; readonly team: string };
type InRole = Of & { readonly role: "owner" | "member" };

/** Tells a user that they were added to a team, and how much is shared with it, unless they did it themselves. */
export async function tellAdded(tx: Tx, actor: Actor, { userId, role, ...of }: InRole): Promise<void> {
  if (userId === actor.userId) return;
  await writeMessage(tx, [userId], {
    eventKey: `team:began:${crypto.randomUUID()}`,
    news: { kind: "shared", ...wordsOf(actor, of), role, shares: await countShared(tx, of.teamId) },
  });
}

/** Tells a user that they were removed from a team, unless they did it themselves. */
export async function tellRemoved(tx: Tx, actor: Actor, { userId, ...of }: Of): Promise<void> {
  if (userId === actor.userId) return;
  await writeMessage(tx, [userId], {
    // A membership whose end was undone ends more than once.
    eventKey: `team:ended:${crypto.randomUUID()}`,
    news: { kind: "unshared", ...wordsOf(actor, of) },
  });
}

/** Tells a user that the end of their membership was undone. */
export async function tellRestored(tx: Tx, actor: Actor, { userId, role, ...of }: InRole): Promise<void> {
  if (userId === actor.userId) return;
  await writeMessage(tx, [userId], {
    eventKey: `team:restored:${crypto.randomUUID()}`,
    news: { kind: "shared", ...wordsOf(actor, of), role },
  });
}

function wordsOf({ name: by }: Actor, { teamId, team: name }: Pick<Of, "teamId" | "team">) {
  return { item: "team", teamId, name, by, team: null } as const;
}

async function countShared(tx: Tx, teamId: string): Promise<SharedWithTeam> {
  const endpointsOf = (
    direction: "source" | "destination",
  ) => sql`(select count(*)::int from ${endpointGrants}
    inner join ${endpoints} on ${endpoints.id} = ${endpointGrants.endpointId}
    where ${endpointGrants.teamId} = ${teamId} and ${endpointGrants.endedAt} is null
    and ${endpoints.direction} = ${direction})`;
  const [row] = await rowsOf(
    tx,
    sql`select (select count(*)::int from ${credentialGrants} where ${credentialGrants.teamId} = ${teamId}
        and ${credentialGrants.endedAt} is null) as credentials,
      ${endpointsOf("source")} as sources, ${endpointsOf("destination")} as destinations`,
  );
  const [credentials, sources, destinations] = [row?.credentials, row?.sources, row?.destinations].map(
    Number,
  );
  return { credentials: credentials ?? 0, sources: sources ?? 0, destinations: destinations ?? 0 };
}
