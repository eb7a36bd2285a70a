import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { type messages, ownershipTransfers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import type { NewsKind } from "@/lib/notifications/news";
import {
  hearersOfCredential,
  hearersOfEndpoint,
  hearersOfServer,
  seersOf,
} from "@/lib/notifications/telling/recipients";

export type MessageRow = typeof messages.$inferSelect;

/** No right ends them. */
const aboutOwnAccount: ReadonlySet<NewsKind> = new Set([
  "unshared",
  "new-sign-in",
  "password-changed",
  "webhook-stopped",
]);

/** True if the user may still hear of this: rights may have ended since the message was written. */
export async function isStillTold(tx: Tx, actor: Actor, message: MessageRow): Promise<boolean> {
  const { news } = message;
  const { kind } = news;
  if (aboutOwnAccount.has(kind) || ("item" in news && news.item === "team")) return true;
  if (kind === "ownership-offered") return isStillOffered(tx, actor, message);
  const hearers = await (kind === "shared" ? seers(tx, message) : hearersOf(tx, message));
  return hearers.includes(actor.userId);
}

async function hearersOf(tx: Tx, { credentialId, endpointId, serverId }: MessageRow): Promise<string[]> {
  if (credentialId) return hearersOfCredential(tx, credentialId);
  if (endpointId) return hearersOfEndpoint(tx, endpointId);
  return serverId ? hearersOfServer(tx, serverId) : [];
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
