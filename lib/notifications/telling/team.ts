import "server-only";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import { writeMessage } from "@/lib/notifications/writing/write";

type Of = { readonly userId: string; readonly teamId: string; readonly team: string };

/** Tells a user that they were removed from a team, unless they did it themselves. */
export async function tellRemoved(tx: Tx, actor: Actor, { userId, teamId, team }: Of): Promise<void> {
  if (userId === actor.userId) return;
  await writeMessage(tx, [userId], {
    // A membership whose end was undone ends more than once.
    eventKey: `team:ended:${crypto.randomUUID()}`,
    news: { kind: "unshared", item: "team", teamId, name: team, by: actor.name, team: null },
  });
}

/** Tells a user that the end of their membership was undone. */
export async function tellRestored(
  tx: Tx,
  actor: Actor,
  { userId, teamId, team, role }: Of & { readonly role: "owner" | "member" },
): Promise<void> {
  if (userId === actor.userId) return;
  await writeMessage(tx, [userId], {
    eventKey: `team:restored:${crypto.randomUUID()}`,
    news: { kind: "shared", item: "team", teamId, name: team, by: actor.name, team: null, role },
  });
}
