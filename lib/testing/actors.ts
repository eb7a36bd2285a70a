import { randomUUID } from "node:crypto";
import { users } from "@/drizzle/schema";
import type { Actor, Origin, Visitor } from "@/lib/actor";
import { mintActor } from "@/lib/auth/mint-actor";
import { hashPassword } from "@/lib/auth/passwords";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";

/** The origin of requests by test users. */
export const testOrigin: Origin = { via: "web", address: "192.0.2.10" };

/** For database tests: a client that has not signed in. */
export function aVisitor(): Visitor {
  return { requestId: randomUUID(), origin: testOrigin };
}

/** For database tests: a signed-in user with new rows, made as the session gate makes an actor. */
export async function somebody(db: Db, role: "administrator" | "member" = "member"): Promise<Actor> {
  const id = randomUUID();
  // Not a real hash: this user never signs in.
  const user = {
    id,
    name: `Robin ${id.slice(0, 4)}`,
    email: `${id}@example.com`,
    passwordHash: "none",
    role,
  };
  await db.insert(users).values(user);
  return actorOf(db, await openSession(db, id));
}

/** For database tests: an account with this password, for sign-ins. Returns its user's id. */
export async function addAccount(
  db: Db,
  { name, email, password }: { name: string; email: string; password: string },
): Promise<string> {
  const passwordHash = await hashPassword(Secret.of(password));
  const [user] = await db
    .insert(users)
    .values({ name, email, passwordHash, role: "member" })
    .returning({ id: users.id });
  if (!user) throw new Error("the new user was not returned");
  return user.id;
}

/** The actor of this token's session; throws if it is not active. */
export async function actorOf(db: Db, token: string): Promise<Actor> {
  const session = await findLiveSession(db, token);
  if (!session) throw new Error("the session is not live");
  return mintActor(session, randomUUID(), testOrigin);
}
