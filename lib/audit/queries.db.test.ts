import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { revokeSession } from "@/lib/auth/sessions";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import type { PageParameters } from "@/lib/paging";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { aCredential } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aRepositorySource } from "@/lib/testing/sources";
import { parseEventCursor, parseEventStart } from "./cursor";
import { parseFilter } from "./filter";
import { eventLabels } from "./kinds";
import { listEvents, streamEvents } from "./queries";
import { recordEvent } from "./record";
import { conditionOf, selectEvents } from "./rows";

const everything = parseFilter({});

async function aBusyPortal(db: Db) {
  const [administrator, member] = [await somebody(db, "administrator"), await somebody(db)];
  const credentialId = await addCredential(db, member, aCredential({ name: "Nightly import" }));
  const endpointId = await addEndpoint(db, member, {
    ...aRepositorySource,
    credentialId,
    name: "Commits",
    description: "",
  });
  await db.transaction((tx) =>
    recordEvent(tx, aVisitor(), {
      event: "user.sign-in-failed",
      subjectId: null,
      details: { reason: "not-accepted" },
    }),
  );
  return { administrator, member, credentialId, endpointId };
}

describe("the audit log", () => {
  it("is there for portal administrators only", () =>
    withRollback(async (db) => {
      const { member } = await aBusyPortal(db);
      await expect(listEvents(db, member, everything, null)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(streamEvents(db, member, everything).next()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));

  it("shows events newest first, in words, with the names of today", () =>
    withRollback(async (db) => {
      const { administrator, member, credentialId } = await aBusyPortal(db);
      const { items, next } = await listEvents(db, administrator, everything, null);
      expect(next).toBeNull();
      expect(items).toMatchObject([
        { label: "Sign-in refused", result: "refused", person: null, thing: null },
        { label: "Source or destination added", thing: { name: "Commits" }, credentialId },
        {
          label: "Credential added",
          result: "done",
          person: { id: member.userId, name: member.name },
          thing: { id: credentialId, name: "Nightly import" },
        },
      ]);
      expect(items[1]?.details).toContainEqual({ label: "credential", text: "Nightly import" });
    }));

  it.each<
    [string, (portal: Awaited<ReturnType<typeof aBusyPortal>>) => Parameters<typeof parseFilter>[0], string[]]
  >([
    [
      "a person's name",
      ({ member }) => ({ person: member.name.toUpperCase() }),
      ["flow.added", "credential.added"],
    ],
    [
      "a person's email",
      ({ member }) => ({ person: member.email.slice(0, 12) }),
      ["flow.added", "credential.added"],
    ],
    ["a person's id", ({ member }) => ({ person: member.userId }), ["flow.added", "credential.added"]],
    ["a thing's name", () => ({ thing: "commits" }), ["flow.added"]],
    [
      "a credential and what used it",
      ({ credentialId }) => ({ thing: credentialId }),
      ["flow.added", "credential.added"],
    ],
    ["a name of nothing", () => ({ thing: "100%" }), []],
    ["a kind", () => ({ kind: "user.sign-in-failed" }), ["user.sign-in-failed"]],
    ["a time span that is over", () => ({ from: "2001-01-01", until: "2001-12-31" }), []],
    ["a time span that goes on", () => ({ from: "2001-01-01", kind: "flow.added" }), ["flow.added"]],
    [
      "nonsense, which narrows nothing",
      () => ({ kind: "__proto__", from: "2001-99-99", person: "a\0b" }),
      ["user.sign-in-failed", "flow.added", "credential.added"],
    ],
  ])("can be narrowed to %s", (_what, given, kinds) =>
    withRollback(async (db) => {
      const portal = await aBusyPortal(db);
      const filter = parseFilter(given(portal));
      const { items } = await listEvents(db, portal.administrator, filter, null);
      expect(items.map(({ event }) => event)).toEqual(kinds);
    }),
  );

  it("comes page by page and batch by batch, each event once", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      await insertMany(db, 1_234);
      const pageAt = async (parameters: PageParameters) => {
        const page = await listEvents(db, administrator, everything, parseEventStart(parameters));
        return { ...page, sequences: page.items.map(({ sequence }) => sequence) };
      };
      const pages = [await pageAt({})];
      for (let next = pages[0]?.next; next; next = pages.at(-1)?.next)
        pages.push(await pageAt({ after: next }));
      const paged = pages.flatMap(({ sequences }) => sequences);
      const back: number[][] = [];
      for (let before = pages.at(-1)?.previous; before; ) {
        const page = await pageAt({ before });
        back.push(page.sequences);
        before = page.previous;
      }
      expect(back).toEqual(
        pages
          .slice(0, -1)
          .reverse()
          .map(({ sequences }) => sequences),
      );
      const streamed: number[] = [];
      for await (const batch of streamEvents(db, administrator, everything)) {
        expect(batch.length).toBeLessThanOrEqual(500);
        streamed.push(...batch.map(({ sequence }) => sequence));
      }
      const all = Array.from({ length: 1_234 }, (_, index) => 1_234 - index);
      expect(paged).toEqual(all);
      expect(streamed).toEqual(all);
    }));

  it.each<[string, (db: Db, reader: Actor) => Promise<unknown>]>([
    ["is demoted", (db, { userId }) => db.update(users).set({ role: "member" }).where(eq(users.id, userId))],
    [
      "is disabled",
      (db, { userId }) => db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId)),
    ],
    ["is signed out", (db, { sessionId }) => revokeSession(db, sessionId)],
  ])("ends in the middle of an export for whoever %s meanwhile", (_what, change) =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      await insertMany(db, 600);
      const batches = streamEvents(db, administrator, everything);
      expect((await batches.next()).value).toHaveLength(500);
      await change(db, administrator);
      await expect(batches.next()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }),
  );

  it("starts at its beginning for an invalid cursor", () => {
    for (const nonsense of [undefined, "", "x", "zz.3f2504e0-4f89-41d3-9a0c-0305e82c3301", "zz.1'"]) {
      expect(parseEventCursor(nonsense)).toBeNull();
    }
  });
});

/** Events as in a busy portal: users, items and kinds mixed, a minute apart; three share each instant. */
async function insertMany(db: Db, count: number): Promise<void> {
  const kinds = Object.keys(eventLabels);
  await db.execute(sql`
    insert into audit_events (id, at, actor_id, event, subject_id, credential_id, details, request_id)
    select n, timestamptz '2026-01-01' + (n / 3) * interval '1 minute', md5('person' || n % 50)::uuid,
      (${sql.param(kinds)}::text[])[1 + n % ${kinds.length}::int], md5('thing' || n % 2000)::uuid,
      md5('credential' || n % 500)::uuid, '{}', 'r' from generate_series(1, ${count}::int) n`);
  await db.execute(sql`analyze audit_events`);
}

// As md5('…')::uuid gives it.
function uuidOf(text: string): string {
  const digits = createHash("md5").update(text).digest("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

describe("with 100 000 events", () => {
  it(
    "the first view, the following pages and each filter are answered by an index",
    { timeout: 120_000 },
    () =>
      withRollback(async (db) => {
        await insertMany(db, 100_000);
        const [person, thing, credential] = [uuidOf("person7"), uuidOf("thing7"), uuidOf("credential7")];
        const views: Record<string, Parameters<typeof parseFilter>[0]> = {
          "first view": {},
          person: { person },
          "a person who did nothing": { person: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" },
          thing: { thing },
          credential: { thing: credential },
          kind: { kind: "credential.checked" },
          "time span": { from: "2026-01-10", until: "2026-01-11" },
          "all at once": { person, thing, kind: "flow.added", from: "2026-01-10", until: "2026-01-20" },
        };
        const cursor = parseEventCursor(`${Date.parse("2026-01-20").toString(36)}.50000`);
        expect(cursor).not.toBeNull();
        for (const [what, given] of Object.entries(views)) {
          const starts = [null, ...[false, true].map((isBefore) => cursor && { cursor, isBefore })];
          for (const start of starts) {
            const query = selectEvents(db, await conditionOf(db, parseFilter(given)), start, 51);
            const plan = JSON.stringify(await db.execute(sql`explain ${query.getSQL()}`));
            expect(plan, what).not.toMatch(/Seq Scan on audit_events/);
            expect(plan, what).toMatch(/Index( Only)? Scan/);
          }
        }
        expect(await db.$count(auditEvents)).toBe(100_000);
      }),
  );
});
