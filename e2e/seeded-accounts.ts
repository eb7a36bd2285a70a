import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { hash } from "@node-rs/argon2";
import { drizzle as drizzleServer } from "drizzle-orm/node-postgres";
import { drizzle as drizzleEmbedded } from "drizzle-orm/pglite";
import { encode } from "next-auth/jwt";
import pg from "pg";
import { z } from "zod";
import * as schema from "../drizzle/schema";
import type { Db } from "../lib/db/types";
import { claimNumber } from "./claims";
import { NoScriptClient } from "./no-script-client";
import type { PortalHome } from "./portal-home";
import { accountsVariable } from "./portal-variables";

// More than a run takes.
const accountsPerRun = 600;
const sessionSeconds = 12 * 60 * 60;

const seededSchema = z.object({
  /** All accounts have one password, so that a run computes one hash. */
  password: z.string(),
  /** The session tokens of the accounts begin with it. */
  tokenPrefix: z.string(),
  /** The portal's key for session cookies. */
  authSecret: z.string(),
});
type Seeded = z.output<typeof seededSchema>;

/** A signed-in user with an account of their own. */
export type User = { name: string; email: string; password: string; client: NoScriptClient };

/**
 * Writes the portal's administrator, and accounts with one session each, into the database of a home. Its portal must
 * not run yet: no second process can open an embedded database.
 */
export async function seedAccounts(home: PortalHome): Promise<void> {
  const random = randomBytes(16).toString("base64url");
  const seeded: Seeded = {
    password: `a long password ${random}`,
    tokenPrefix: random,
    authSecret: await readAuthSecret(home),
  };
  const passwordHash = await hash(seeded.password);
  const expiresAt = new Date(Date.now() + sessionSeconds * 1000);
  const administrator = { ...administratorIdentity, passwordHash, role: "administrator" as const };
  const members = Array.from({ length: accountsPerRun }, (_, number) => {
    return { id: randomUUID(), ...identityOf(number), passwordHash, role: "member" as const };
  });
  const sessions = members.map(({ id }, number) => {
    const tokenHash = createHash("sha256").update(tokenOf(seeded, number)).digest();
    // The portal ends a session that was not used for 30 minutes, and a run may take an account later than that.
    return { tokenHash, userId: id, expiresAt, seenAt: expiresAt };
  });
  await withDatabase(home, async (db) => {
    await db.insert(schema.users).values([administrator, ...members]);
    await db.insert(schema.sessions).values(sessions);
  });
  process.env[accountsVariable] = JSON.stringify(seeded);
}

/** Takes a seeded account that no other test of this run takes, signed in at the run's portal. */
export async function takeAccount(origin: string): Promise<User> {
  const number = claimNumber("accounts", accountsPerRun);
  const seeded = readSeeded();
  const account = { ...identityOf(number), password: seeded.password };
  const token = { sid: tokenOf(seeded, number) };
  const cookie = await encode({ token, secret: seeded.authSecret, maxAge: sessionSeconds });
  return { ...account, client: new NoScriptClient(origin, { "latchkey.session": cookie }) };
}

/** Signs in the run's administrator, in a new session. */
export function signInAdministrator(origin: string): Promise<User> {
  return signIn(origin, { ...administratorIdentity, password: readSeeded().password });
}

async function signIn(origin: string, account: Omit<User, "client">): Promise<User> {
  const client = new NoScriptClient(origin);
  const { email, password } = account;
  const answer = await client.submit("/sign-in", { email, password });
  if (answer.status >= 400) throw new Error(`the sign-in of ${email} answered ${answer.status}`);
  return { ...account, client };
}

const administratorIdentity = { name: "Alex Administrator", email: "administrator@example.com" };

// All numbers have the same length, so that no name or address is the beginning of another.
function identityOf(number: number): { name: string; email: string } {
  const id = String(number).padStart(4, "0");
  return { name: `Robin ${id}`, email: `robin-${id}@example.com` };
}

function tokenOf({ tokenPrefix }: Seeded, number: number): string {
  return `${tokenPrefix}-${number}`;
}

function readSeeded(): Seeded {
  return seededSchema.parse(JSON.parse(process.env[accountsVariable] ?? "null"));
}

// Beside an embedded database, the portal generates its keys itself.
async function readAuthSecret({ settings, dataDir }: PortalHome): Promise<string> {
  if (settings.env?.AUTH_SECRET) return settings.env.AUTH_SECRET;
  const keys: unknown = JSON.parse(await readFile(join(dataDir, "keys.json"), "utf8"));
  return z.object({ authSecret: z.string() }).parse(keys).authSecret;
}

/** Opens the database of a home whose portal does not run: no second process can open an embedded one. */
export async function withDatabase<T>(home: PortalHome, use: (db: Db) => Promise<T>): Promise<T> {
  const settings = { schema, casing: "snake_case" } as const;
  if (home.databaseUrl) {
    const pool = new pg.Pool({ connectionString: home.databaseUrl });
    return use(drizzleServer(pool, settings)).finally(() => pool.end());
  }
  const client = await PGlite.create(join(home.dataDir, "database"));
  return use(drizzleEmbedded(client, settings)).finally(() => client.close());
}
