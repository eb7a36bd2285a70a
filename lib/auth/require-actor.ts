import "server-only";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "@/lib/actor";
import { database } from "@/lib/db/client";
import { currentOrigin } from "@/lib/http/origin";
import { currentRequestId, isFormPost } from "@/lib/http/request-id";
import { mintActor } from "./mint-actor";
import { readSessionCookie } from "./session-cookie";
import { findLiveSession } from "./sessions";

// Session and user are read once per request, from the database.
const findSession = cache(async () => {
  const token = await readSessionCookie();
  return token ? findLiveSession(await database(), token) : null;
});

/** The signed-in user of this request, or null. */
export const findActor = cache(async (): Promise<Actor | null> => {
  const session = await findSession();
  return session && mintActor(session, await currentRequestId(), await currentOrigin());
});

/** True if the signed-in user of this request has unread notices. Read with the session: most pages have none to list. */
export async function hasNotices(): Promise<boolean> {
  return (await findSession())?.hasNotices ?? false;
}

/** The unread messages of the signed-in user of this request; more than 99 count as 100. Read with the session as well. */
export async function countUnread(): Promise<number> {
  return (await findSession())?.unreadMessages ?? 0;
}

/** The signed-in user of this request; any other visitor is sent to sign in and returns to `returnTo` afterwards. */
export async function requireActor(returnTo: string): Promise<Actor> {
  const actor = await findActor();
  if (!actor) redirect(`/sign-in?${new URLSearchParams({ callbackUrl: returnTo })}`);
  return actor;
}

/**
 * Like `requireActor`, for a page whose form can be posted without JavaScript. If the session has ended meanwhile,
 * null: the action has refused, and the page shows its form with the typed values, which the sign-in page would lose.
 */
export async function requireActorUnlessPosting(returnTo: string): Promise<Actor | null> {
  return (await isFormPost()) ? findActor() : requireActor(returnTo);
}
