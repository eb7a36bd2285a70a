import "server-only";
import { eq } from "drizzle-orm";
import { credentials, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import type { Message } from "@/lib/notifications/writing/write";
import { writeMessage } from "@/lib/notifications/writing/write";
import { writeToTeams } from "@/lib/notifications/writing/write-to-teams";
import { membersOfTeam, seersOf } from "./recipients";

/** A grant that has just begun or ended. */
type Granted = {
  readonly thing: { readonly kind: "credential" | "endpoint"; readonly id: string };
  readonly grantId: string;
  readonly grantee: { readonly kind: "person" | "team"; readonly id: string; readonly name: string };
};

type Role = "administrator" | "operator" | "collaborator";

/** Tells a user, or a team and its members, that something was shared with them; each call is an event of its own. */
export async function tellShared(tx: Tx, actor: Actor, granted: Granted & { role: Role }): Promise<void> {
  const { thing, grantId, role } = granted;
  const message: Message = {
    // A grant whose end was undone begins and ends more than once.
    eventKey: `grant:${grantId}:began:${crypto.randomUUID()}`,
    news: { kind: "shared", role, ...(await wordsOf(tx, actor, granted)) },
    about: aboutOf(thing),
  };
  await writeMessage(tx, await granteesOf(tx, actor, granted), message);
  await writeToTeams(tx, teamsOf(granted), message);
}

/** Tells those who lost their access with a grant, and the team; a user who still has access is not told. */
export async function tellUnshared(tx: Tx, actor: Actor, granted: Granted): Promise<void> {
  const { thing, grantId } = granted;
  const still = new Set(await seersOf(tx, thing.kind, thing.id));
  const lost = (await granteesOf(tx, actor, granted)).filter((id) => !still.has(id));
  const message: Message = {
    eventKey: `grant:${grantId}:ended:${crypto.randomUUID()}`,
    news: { kind: "unshared", ...(await wordsOf(tx, actor, granted)) },
    about: aboutOf(thing),
  };
  await writeMessage(tx, lost, message);
  await writeToTeams(tx, teamsOf(granted), message);
}

/** Tells a user that a credential's owner offers it to them. */
export async function tellOffered(
  tx: Tx,
  actor: Actor,
  { credentialId, toUserId, transferId }: { credentialId: string; toUserId: string; transferId: string },
): Promise<void> {
  const { name } = await nameOf(tx, { kind: "credential", id: credentialId });
  await writeMessage(tx, [toUserId], {
    eventKey: `offer:${transferId}`,
    news: { kind: "ownership-offered", name, by: actor.name },
    about: { credentialId },
  });
}

async function granteesOf(tx: Tx, actor: Actor, { grantee }: Granted): Promise<string[]> {
  const ids = grantee.kind === "team" ? await membersOfTeam(tx, grantee.id) : [grantee.id];
  // The actor knows what they did.
  return ids.filter((id) => id !== actor.userId);
}

function teamsOf({ grantee }: Granted): string[] {
  return grantee.kind === "team" ? [grantee.id] : [];
}

async function wordsOf(tx: Tx, actor: Actor, { thing, grantee }: Granted) {
  const team = grantee.kind === "team" ? grantee.name : null;
  return { ...(await nameOf(tx, thing)), by: actor.name, team };
}

async function nameOf(tx: Tx, { kind, id }: Granted["thing"]) {
  if (kind === "credential") {
    const [credential] = await tx
      .select({ name: credentials.name })
      .from(credentials)
      .where(eq(credentials.id, id));
    return { item: "credential" as const, name: credential?.name ?? "" };
  }
  const [endpoint] = await tx
    .select({ name: endpoints.name, item: endpoints.direction })
    .from(endpoints)
    .where(eq(endpoints.id, id));
  return { item: endpoint?.item ?? ("source" as const), name: endpoint?.name ?? "" };
}

function aboutOf({ kind, id }: Granted["thing"]): NonNullable<Message["about"]> {
  return kind === "credential" ? { credentialId: id } : { endpointId: id };
}
