import { randomUUID } from "node:crypto";
import { users } from "@/drizzle/schema";
import type { Actor, Origin, Visitor } from "@/lib/actor";
import type { Db } from "@/lib/db/client";
import { mintActor } from "./mint-actor";
import { findLiveSession, openSession } from "./sessions";

/** Where the people of tests come from. */
export const testOrigin: Origin = { via: "web", address: "192.0.2.10" };

/** For database tests: somebody who has not signed in. */
export function aVisitor(): Visitor {
  return { requestId: randomUUID(), origin: testOrigin };
}

/** For database tests: a signed-in person with rows of their own, made the way the session gate makes one. */
export async function somebody(db: Db, role: "administrator" | "member" = "member"): Promise<Actor> {
  const id = randomUUID();
  // Not a real hash: nobody signs in with it.
  const user = {
    id,
    name: `Robin ${id.slice(0, 4)}`,
    email: `${id}@example.com`,
    passwordHash: "none",
    role,
  };
  await db.insert(users).values(user);
  const session = await findLiveSession(db, await openSession(db, id));
  if (!session) throw new Error("the session that was just opened is not live");
  return mintActor(session, randomUUID(), testOrigin);
}
