import { eq, sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { auditEvents, rateLimits, users } from "@/drizzle/schema";
import type { FormAction } from "@/lib/action-result";
import { openSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { withRollback } from "@/lib/testing/database";
import { everyAction, isForVisitors, type RegisteredAction } from "@/lib/testing/register/every-action";
import { type ScenarioFixture, setUpScenario } from "@/lib/testing/scenario-fixture";

// What Next keeps of a request: the actions themselves, and all that they call of ours, are the real ones.
const { jar, Redirected } = vi.hoisted(() => ({
  jar: new Map<string, string>(),
  Redirected: class extends Error {},
}));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: env().APP_ORIGIN, "x-forwarded-for": "192.0.2.10" }),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
vi.mock("next/cache", () => ({ refresh: () => undefined, revalidatePath: () => undefined }));
vi.mock("next/navigation", () => ({
  RedirectType: { replace: "replace" },
  redirect: () => {
    throw new Redirected();
  },
}));
// Port 1 takes no e-mail.
vi.mock("@/lib/mail/settings", () => ({
  mailSettings: () => ({ url: "smtp://127.0.0.1:1", from: "latchkey@example.com" }),
}));
// No server is asked: this one is always healthy.
vi.mock("@/lib/connectors/bitbucket-server/check", async () => {
  const { verified } = await import("@/lib/testing/credentials");
  const healthy = { ...verified, steps: [{ name: "signedIn", state: "passed", durationMs: 1 }] };
  return { checkCredential: async () => healthy };
});

// Where `database()` looks for the process's one database.
const holder: typeof globalThis & { latchkeyDatabase?: Promise<Db> } = globalThis;

/** Signs the user of the valid call in and posts its form to the action itself. */
async function play(fixture: ScenarioFixture, { domain, name, arrange }: RegisteredAction): Promise<void> {
  const { as, form, cookies = {} } = await arrange(fixture);
  jar.clear();
  for (const [cookie, value] of Object.entries(cookies)) jar.set(cookie, value);
  if (as) {
    const { writeSessionCookie } = await import("@/lib/auth/session-cookie");
    await writeSessionCookie(await openSession(fixture.db, as.userId));
  }
  fixture.before = await newestOf(fixture.db);
  fixture.rows = await everythingElse(fixture.db);
  const actions: Record<string, FormAction<unknown, unknown>> = await import(`@/lib/${domain}/actions`);
  const data = new FormData();
  for (const [field, value] of Object.entries({ ...fixture.more, ...form })) data.set(field, value);
  if (fixture.isBroken) await breakTheLog(fixture.db);
  try {
    const answer = await actions[name]?.(null, data);
    fixture.answer = answer?.ok ? "done" : (answer?.error.code ?? "no such action");
    if (answer && !answer.ok) fixture.message = JSON.stringify(answer.error);
  } catch (error) {
    if (!(error instanceof Redirected)) throw error;
    fixture.answer = "done";
  }
}

async function newestOf(db: Db): Promise<number> {
  const [row] = await db
    .select({ id: sql`coalesce(max(${auditEvents.id}), 0)`.mapWith(Number) })
    .from(auditEvents);
  return row?.id ?? 0;
}

async function eventsSince(db: Db, before: number): Promise<string[]> {
  const rows = await db
    .select({ event: auditEvents.event })
    .from(auditEvents)
    .where(sql`${auditEvents.id} > ${before}`)
    .orderBy(auditEvents.id);
  return rows.map(({ event }) => event);
}

async function limitsUsed(db: Db): Promise<string[]> {
  const rows = await db.select({ key: rateLimits.key }).from(rateLimits);
  return [...new Set(rows.map(({ key }) => key.split(":")[0] ?? ""))].sort();
}

function breakTheLog(db: Db): Promise<unknown> {
  return db.execute(sql`alter table audit_events add constraint broken check (id < 0) not valid`);
}

// What counts attempts is kept whatever comes of them: limits, and the guard against locked accounts.
const countsAttempts = ["rate_limits", "lockout_states", "server_slots", "request_allowances"];

/** Every row of every other table as text. */
async function everythingElse(db: Db): Promise<string> {
  const tables = await db
    .select({ name: sql<string>`table_name` })
    .from(sql`information_schema.tables`)
    .where(sql`table_schema = 'public' and table_type = 'BASE TABLE'`)
    .orderBy(sql`table_name`);
  const kept = tables.map(({ name }) => name).filter((name) => !countsAttempts.includes(name));
  const dumps = kept.map(
    (name) => sql`select ${name}::text as name, t::text as line from ${sql.identifier(name)} t`,
  );
  const all = sql`(${sql.join(dumps, sql` union all `)}) as everything`;
  const rows = await db
    .select({ name: sql<string>`name`, line: sql<string>`line` })
    .from(all)
    .orderBy(sql`name, line`);
  return rows.map(({ name, line }) => `${name} ${line}`).join("\n");
}

/** Columns of rows that no form sets, some of them under names that an attacker might try. */
const columnsOfRows = Object.fromEntries(
  [
    "ownerId",
    "owner_id",
    "userId",
    "actorId",
    "createdBy",
    "grantedBy",
    "dataKeyId",
    "keyId",
    "wrappingKeyId",
  ]
    .map((name) => [name, "ca11ab1e-0000-4000-8000-000000000000"])
    .concat(
      ["passwordHash", "sealed", "status", "tokenHash", "__proto__", "constructor"].map((name) => [
        name,
        "canary",
      ]),
    )
    .concat([
      ["role", "administrator"],
      ["isAdministrator", "true"],
    ]),
);

describe.each(everyAction)("$name", (action) => {
  it(`leaves ${action.leaves.join(", ") || "no event, because it changes nothing"}`, () =>
    withRollback(async (db) => {
      holder.latchkeyDatabase = Promise.resolve(db);
      const fixture = await setUpScenario(db);
      await play(fixture, action);
      expect(fixture, fixture.message).toMatchObject({ answer: "done" });
      expect(await eventsSince(db, fixture.before)).toEqual(action.leaves);
    }));

  const limits = action.limits ?? (isForVisitors(action) ? [] : ["action"]);
  it(`counts towards ${limits.length > 0 ? `the limits ${limits.join(", ")}` : "no limit"}`, () =>
    withRollback(async (db) => {
      holder.latchkeyDatabase = Promise.resolve(db);
      await play(await setUpScenario(db), action);
      expect(await limitsUsed(db)).toEqual(limits);
    }));

  it("47 takes no owner, role, key id or other column that its form does not have from a caller", () =>
    withRollback(async (db) => {
      holder.latchkeyDatabase = Promise.resolve(db);
      const fixture = await setUpScenario(db);
      const countAdministrators = () => db.$count(users, eq(users.role, "administrator"));
      const before = await countAdministrators();
      fixture.more = columnsOfRows;
      await play(fixture, action);
      // Ignored, or refused by its schema; nothing of it reaches a statement.
      expect(["done", "INVALID_INPUT"], fixture.message).toContain(fixture.answer);
      expect(await everythingElse(db)).not.toMatch(/ca11ab1e|canary/);
      expect(await countAdministrators()).toBe(before + (action.name === "changeRoleAction" ? 1 : 0));
    }));

  if (action.leaves.length === 0) return;
  it("56 an action fails and changes nothing when its event cannot be written", () =>
    withRollback(async (db) => {
      holder.latchkeyDatabase = Promise.resolve(db);
      const fixture = await setUpScenario(db);
      fixture.isBroken = true;
      await play(fixture, action);
      expect(fixture, fixture.message).toMatchObject({ answer: "INTERNAL" });
      expect(await everythingElse(db)).toBe(fixture.rows);
    }));
});
