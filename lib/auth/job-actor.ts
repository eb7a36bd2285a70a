import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { mintActor } from "./mint-actor";

/** The nil UUID (RFC 9562): a job has no session, and no session has this id. */
const noSession = "00000000-0000-0000-0000-000000000000";

/**
 * The user for whom a background job acts; null if there is none or they are disabled. For the job runner only: no
 * request may decide which id is passed here.
 */
export async function findJobActor(db: Db, userId: string): Promise<Actor | null> {
  const [user] = await db
    .select({ id: users.id, name: users.name, email: users.email, role: users.role })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  return user ? mintActor({ id: noSession, user }, randomUUID(), { via: "schedule", address: null }) : null;
}
