import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { type messages, ownershipTransfers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import type { NewsKind } from "@/lib/notifications/news";
import { type About, hearersOf, seersOf, teamsHearingOf } from "@/lib/notifications/telling/recipients";

export type MessageRow = typeof messages.$inferSelect;

/** No right ends them. */
const aboutOwnAccount: ReadonlySet<NewsKind> = new Set([
  "unshared",
  "new-sign-in",
  "password-changed",
  "webhook-stopped",
]);

/** True if the user, or the message's team, may still hear of this: rights may have ended since it was written. */
export async function isStillTold(tx: Tx, actor: Actor, message: MessageRow): Promise<boolean> {
  const { news, teamId } = message;
  const { kind } = news;
  if (aboutOwnAccount.has(kind) || ("item" in news && news.item === "team")) return true;
  const about = aboutOf(message);
  if (teamId !== null) return about !== null && (await teamsHearingOf(tx, about)).includes(teamId);
  if (kind === "ownership-offered") return isStillOffered(tx, actor, message);
  if (about === null) return false;
  const hearers = await (kind === "shared" ? seers(tx, message) : hearersOf(tx, about));
  return hearers.includes(actor.userId);
}

function aboutOf({ credentialId, endpointId, serverId }: MessageRow): About | null {
  if (credentialId) return { credentialId };
  if (endpointId) return { endpointId };
  return serverId ? { serverId } : null;
}

async function seers(tx: Tx, { credentialId, endpointId }: MessageRow): Promise<string[]> {
  if (credentialId) return seersOf(tx, "credential", credentialId);
  return endpointId ? seersOf(tx, "endpoint", endpointId) : [];
}

async function isStillOffered(tx: Tx, actor: Actor, { credentialId }: MessageRow): Promise<boolean> {
  if (!credentialId) return false;
  const isOpen = and(
    eq(ownershipTransfers.credentialId, credentialId),
    eq(ownershipTransfers.toUserId, actor.userId),
    isNull(ownershipTransfers.endedAt),
  );
  return (await tx.$count(ownershipTransfers, isOpen)) > 0;
}
