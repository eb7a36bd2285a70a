import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import * as schema from "../drizzle/schema";
import type { Db } from "../lib/db/types";
import { signUpSomebody } from "./fixtures";
import { seedCredential } from "./page-objects";
import { type Portal, startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { type User, withDatabase } from "./seeded-accounts";

/** A portal in which much needs one user. */
export type ToldPortal = { readonly portal: Portal; readonly user: User; readonly stop: () => Promise<void> };

/** A name of the length that people give. */
export const longName =
  "Payments ledger, repositories of the nightly import into the reporting warehouse (read only)";

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/** Starts such a portal of its own; an embedded database is filled while none runs, because one process alone opens it. */
export async function startToldPortal(sandbox: Sandbox): Promise<ToldPortal> {
  const home = await makePortalHome();
  const first = await startPortal(home.settings);
  const [user, giver] = [await signUpSomebody(first.origin), await signUpSomebody(first.origin)];
  const works = await seedCredential(user, rightCredential(sandbox));
  const isEmbedded = home.databaseUrl === "";
  if (isEmbedded) await first.stop();
  await withDatabase(home, (db) => fill(db, { user, giver, works }));
  const port = Number(new URL(first.origin).port);
  const portal = isEmbedded ? await startPortal({ ...home.settings, port }) : first;
  const stop = async () => {
    await portal.stop();
    await home.remove();
  };
  return { portal, user, stop };
}

type Given = { readonly user: User; readonly giver: User; readonly works: string };

async function fill(db: Db, { user, giver, works }: Given): Promise<void> {
  const [ownerId, giverId] = [await idOf(db, user), await idOf(db, giver)];
  const [model] = await db.select().from(schema.credentials).where(eq(schema.credentials.id, works));
  if (!model) throw new Error("the first credential is not stored");
  const add = (name: string, by: string, endsInDays: number | null = null) =>
    addCredential(db, { ...model, name, ownerId: by, endsInDays });
  await check(db, await add(longName, ownerId), "rejected");
  await check(db, await add("Archive", ownerId), "locked");
  const ends = { "Web shop build states": -3, "Weekly cost report": 12, "Research cluster": 41, Mirror: 74 };
  for (const [name, days] of Object.entries(ends)) await add(name, ownerId, days);
  const { serverId } = model;
  const server = { certificateEndsAt: inDays(25), answeredAt: new Date() };
  await db.update(schema.servers).set(server).where(eq(schema.servers.id, serverId));

  await addSource(db, { ownerId, credentialId: works, name: "Review findings" }, ["failed", "succeeded"]);
  await addSource(db, { ownerId, credentialId: works, name: "Nightly import" }, ["succeeded", "succeeded"]);
  const paused = { pausedAt: inDays(-1), schedule: { kind: "every", amount: 1, unit: "hours" } as const };
  await addSource(db, { ownerId, credentialId: works, name: "Commits", ...paused }, ["failed"]);

  const [offered, given, taken] = [
    await add("Ledger", giverId),
    await add("Build farm", giverId),
    await add("Taken away", giverId),
  ];
  await db
    .insert(schema.ownershipTransfers)
    .values({ credentialId: offered, toUserId: ownerId, offeredBy: giverId });
  const grant = { userId: ownerId, grantedBy: giverId, role: "collaborator" } as const;
  const ended = { endedAt: inDays(-1), endedBy: giverId };
  await db.insert(schema.credentialGrants).values([
    { ...grant, credentialId: given },
    { ...grant, credentialId: taken, ...ended },
  ]);
  await addSource(db, { ownerId, credentialId: taken, name: "Release notes" }, []);
}

async function idOf(db: Db, { email }: User): Promise<string> {
  const [row] = await db
    .select({ id: schema.users.id })
    .from(schema.users)
    .where(eq(schema.users.email, email));
  return row?.id ?? "";
}

type Model = Omit<typeof schema.credentials.$inferInsert, "id"> & { endsInDays: number | null };

async function addCredential(db: Db, { endsInDays, ...model }: Model): Promise<string> {
  const id = randomUUID();
  const keyExpiresOn = endsInDays === null ? null : inDays(endsInDays).toISOString().slice(0, 10);
  await db.insert(schema.credentials).values({ ...model, id, method: "api-key", keyExpiresOn });
  await check(db, id, "verified");
  return id;
}

async function check(
  db: Db,
  credentialId: string,
  verdict: "verified" | "rejected" | "locked",
): Promise<void> {
  const isGood = verdict === "verified";
  await db.insert(schema.checks).values({
    ...{ credentialId, secretVersion: 1, verdict, reason: isGood ? null : "SECRET_REJECTED" },
    ...{ accountName: isGood ? "jcitizen" : null, accountDisplayName: isGood ? "Jane Citizen" : null },
    ...{ serverVersion: isGood ? "9.4.3" : null, checkedAt: inDays(isGood ? -9 : -0.1) },
    record: { access: null, warnings: [], steps: [], details: null },
  });
}

type Source = Pick<typeof schema.endpoints.$inferInsert, "ownerId" | "credentialId" | "name"> &
  Partial<typeof schema.endpoints.$inferInsert>;

async function addSource(db: Db, source: Source, states: readonly ("failed" | "succeeded")[]): Promise<void> {
  const endpointId = randomUUID();
  const settings = { stream: "repositories", parameters: {}, scope: { kind: "everything" } } as const;
  await db
    .insert(schema.endpoints)
    .values({ id: endpointId, direction: "source", connector: "bitbucket-server", settings, ...source });
  for (const [at, state] of states.entries()) {
    const createdAt = inDays(-0.2 - at);
    const run = { id: randomUUID(), passId: randomUUID(), endpointId, state, createdAt, endedAt: createdAt };
    await db.insert(schema.runs).values({
      ...run,
      mode: "new",
      trigger: "schedule",
      reason: state === "failed" ? "unreachable" : null,
    });
  }
}
