import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { type messages, ownershipTransfers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import type { NewsKind } from "@/lib/notifications/news";
import {
  type About,
  hearersOf,
  membersOfTeam,
  seersOf,
  teamsHearingOf,
} from "@/lib/notifications/telling/recipients";

export type MessageRow = typeof messages.$inferSelect;

/** No right ends them. */
const aboutOwnAccount: ReadonlySet<NewsKind> = new Set([
  "new-sign-in",
  "password-changed",
  "webhook-stopped",
]);

/**
 * True if the user, or the message's team, may still hear of this, and it is still so: rights may have ended since it was
 * written, and who has their access back is not told any more that it was taken.
 */
export async function isStillTold(tx: Tx, actor: Actor, message: MessageRow): Promise<boolean> {
  const { news, teamId } = message;
  const { kind } = news;
  if (aboutOwnAccount.has(kind)) return true;
  if (kind === "ownership-offered") return isStillOffered(tx, actor, message);
  const has = await hasAccess(tx, actor, message);
  if (kind === "unshared") return has !== true;
  if (kind === "shared") return has ?? false;
  const about = aboutOf(message);
  if (about === null) return false;
  return teamId === null ? (await hearersOf(tx, about)).includes(actor.userId) : has === true;
}

/** Whether the user, or the message's team, has access now to what it is about; null if that is gone, or not known. */
async function hasAccess(tx: Tx, { userId }: Actor, message: MessageRow): Promise<boolean | null> {
  const { news, teamId, credentialId, endpointId } = message;
  if ("item" in news && news.item === "team") {
    return news.teamId === undefined ? null : (await membersOfTeam(tx, news.teamId)).includes(userId);
  }
  const about = aboutOf(message);
  if (about === null) return null;
  if (teamId !== null) return (await teamsHearingOf(tx, about)).includes(teamId);
  if (credentialId) return (await seersOf(tx, "credential", credentialId)).includes(userId);
  return endpointId ? (await seersOf(tx, "endpoint", endpointId)).includes(userId) : null;
}

function aboutOf({ credentialId, endpointId, serverId }: MessageRow): About | null {
  if (credentialId) return { credentialId };
  if (endpointId) return { endpointId };
  return serverId ? { serverId } : null;
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
