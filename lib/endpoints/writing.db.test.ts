import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, endpoints, runs, uploads } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Column } from "@/lib/connectors/streams";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aComment, commentsFrom } from "@/lib/testing/comment-destination";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addEndpoint, deleteEndpoint, editEndpoint } from "./mutations";
import { findEndpoint } from "./queries";
import { addEndpointSchema, type EditEndpointInput } from "./schema";
import { type InputRef, readWritingChoice, writingAddress } from "./writing-address";

async function aPortal(db: Db) {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const sourceId = await addSource(db, owner, credentialId);
  const add = (input: InputRef, changes = {}, by = owner) =>
    addEndpoint(db, by, {
      ...commentsFrom(input),
      credentialId,
      name: "Comments",
      description: "",
      ...changes,
    });
  return { owner, credentialId, sourceId, add, input: { kind: "source", id: sourceId } as const };
}

function addSource(db: Db, owner: Actor, credentialId: string, name = "Repositories"): Promise<string> {
  return addEndpoint(db, owner, { ...aRepositorySource, credentialId, name, description: "" });
}

async function addUpload(db: Db, owner: Actor, changes: Partial<typeof uploads.$inferInsert> = {}) {
  const columns: Column[] = [{ name: "pr", type: "int" }];
  const file = {
    id: randomUUID(),
    ownerId: owner.userId,
    name: "findings.csv",
    format: "csv",
    bytes: 10,
  } as const;
  await db.insert(uploads).values({ ...file, columns, records: 3, completedAt: new Date(), ...changes });
  return { kind: "upload", id: changes.id ?? file.id } as const;
}

async function rowOf(db: Db, id: string) {
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  if (!row) throw new Error("the destination is gone");
  return row;
}

async function lastEvent(db: Db) {
  const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
  return event;
}

const refused = { code: "INVALID_INPUT", fieldErrors: { choice: expect.any(String) } };
const byColumn = {
  ...aComment,
  mapping: { ...aComment.mapping, text: { from: "column", column: "name" } },
} as const;
const choiceOf = (input: InputRef, more: Record<string, string> = {}) => {
  const { action, mapping } = aComment;
  const chosen = { action, mapping, inputKind: input.kind, input, matchKey: "", allows: [] };
  const address = writingAddress(chosen);
  for (const [name, value] of Object.entries(more)) address.set(name, value);
  return address;
};

describe("a new destination", () => {
  it("stores what it writes and from which data set, and the event names the action", () =>
    withRollback(async (db) => {
      const { owner, add, input } = await aPortal(db);
      const id = await add(input, { writing: byColumn, schedule: { kind: "after-source" } });
      expect(await findEndpoint(db, owner, "destination", id)).toMatchObject({
        writing: byColumn,
        input: { ...input, name: "Repositories" },
        schedule: { kind: "after-source" },
        nextRunAt: null,
      });
      expect(await lastEvent(db)).toMatchObject({ details: { action: "pull-request-comment" } });
    }));

  it("takes a file of its owner's own, not another user's, an unfinished or an unknown one", () =>
    withRollback(async (db) => {
      const { owner, add } = await aPortal(db);
      const file = await addUpload(db, owner);
      const id = await add(file);
      expect(await findEndpoint(db, owner, "destination", id)).toMatchObject({
        input: { ...file, name: "findings.csv", records: 3 },
      });
      const others = [
        await addUpload(db, await somebody(db)),
        await addUpload(db, owner, { completedAt: null }),
        { kind: "upload", id: randomUUID() } as const,
        { kind: "upload", id: "junk" } as const,
      ];
      for (const other of others) await expect(add(other, { name: "X" })).rejects.toMatchObject(refused);
    }));

  it("takes no file whose rows would be told apart by a key that they have not", () =>
    withRollback(async (db) => {
      const { owner, add } = await aPortal(db);
      const file = await addUpload(db, owner);
      await expect(add(file, { writing: aComment })).rejects.toMatchObject({
        fieldErrors: { choice: expect.stringContaining("have no key of their own") },
      });
    }));

  it("takes a data set of another user's only while that is shared, and never a destination's id", () =>
    withRollback(async (db) => {
      const { owner, credentialId, sourceId, add, input } = await aPortal(db);
      const other = await somebody(db);
      await grantCredential(db, owner, credentialId, { userId: other.userId }, "collaborator");
      await expect(add(input, {}, other)).rejects.toMatchObject(refused);
      await grantEndpoint(db, owner, sourceId, { userId: other.userId }, "collaborator");
      const id = await add(input, {}, other);
      await expect(add({ kind: "source", id }, { name: "X" }, other)).rejects.toMatchObject(refused);
      await db.execute(sql`update endpoint_grants set ended_at = now()`);
      expect((await findEndpoint(db, other, "destination", id))?.input).toEqual({ ...input, name: null });
    }));

  it("is refused with a mapping that does not fit the columns", () =>
    withRollback(async (db) => {
      const { add, input } = await aPortal(db);
      const text = { from: "column", column: "vanished" };
      const writing = { ...aComment, mapping: { ...aComment.mapping, text } };
      await expect(add(input, { writing })).rejects.toMatchObject({
        fieldErrors: { choice: expect.stringContaining("“vanished”") },
      });
    }));
});

describe("the form of a new destination", () => {
  const sent = (choice: URLSearchParams, more = {}) => ({
    ...{ direction: "destination", connector: "bitbucket-server", credentialId: randomUUID(), name: "X" },
    ...{ description: "", choice: choice.toString(), ...more },
  });
  const source = { kind: "source", id: randomUUID() } as const;

  it("carries the choices of the step Data", () => {
    expect(addEndpointSchema.parse(sent(choiceOf(source)))).toMatchObject({
      writing: aComment,
      input: source,
    });
  });

  it("runs after its source only if it has one", () => {
    const after = { schedule: "after-source" };
    expect(addEndpointSchema.parse(sent(choiceOf(source), after)).schedule).toEqual({ kind: "after-source" });
    const file = addEndpointSchema.safeParse(sent(choiceOf({ kind: "upload", id: randomUUID() }), after));
    expect(file.error?.issues).toMatchObject([{ path: ["schedule"] }]);
  });

  it("says at the choice what is missing", () => {
    const parsed = addEndpointSchema.safeParse(sent(new URLSearchParams("action=pull-request-comment")));
    expect(parsed.error?.issues).toMatchObject([{ path: ["choice"], message: /Choose a data set/ }]);
  });
});

describe("an edited destination", () => {
  async function edited(db: Db) {
    const portal = await aPortal(db);
    const id = await portal.add(portal.input);
    await db.update(endpoints).set({ takenSeq: 7 }).where(eq(endpoints.id, id));
    const edit = (changes: Partial<EditEndpointInput>, by = portal.owner) => {
      const same = { endpointId: id, version: 1, name: "Comments", description: "", credentialId: null };
      return editEndpoint(db, by, { ...same, ...changes });
    };
    return { ...portal, id, edit };
  }

  it("begins a new data set at its beginning, and keeps its place in the old one", () =>
    withRollback(async (db) => {
      const { owner, credentialId, id, edit, input } = await edited(db);
      await edit({ choice: choiceOf(input, { "v.text": "Other" }) });
      expect(await rowOf(db, id)).toMatchObject({
        takenSeq: 7,
        version: 2,
        writing: { action: aComment.action },
      });
      expect(await lastEvent(db)).toMatchObject({
        details: { fields: ["writing"], action: aComment.action },
      });
      const another = await addSource(db, owner, credentialId, "Another");
      await edit({ version: 2, choice: choiceOf({ kind: "source", id: another }, { "v.text": "Other" }) });
      expect(await rowOf(db, id)).toMatchObject({ takenSeq: 0, inputSourceId: another });
      expect(await lastEvent(db)).toMatchObject({ details: { fields: ["input"] } });
    }));

  it("is not changed by the same choice again", () =>
    withRollback(async (db) => {
      const { id, edit, input } = await edited(db);
      await edit({ choice: choiceOf(input) });
      expect(await rowOf(db, id)).toMatchObject({ version: 1 });
    }));

  it("keeps its choice during a run", () =>
    withRollback(async (db) => {
      const { id, edit, input } = await edited(db);
      const run = {
        id: randomUUID(),
        endpointId: id,
        passId: randomUUID(),
        mode: "all",
        trigger: "user",
      } as const;
      await db.insert(runs).values({ ...run, kind: "write" });
      await expect(edit({ choice: choiceOf(input, { "v.text": "Other" }) })).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringMatching(/Cancel the run/),
      });
    }));

  it("takes no data set that its owner does not see", () =>
    withRollback(async (db) => {
      const { owner, id, edit } = await edited(db);
      const administrator = await somebody(db);
      await grantEndpoint(db, owner, id, { userId: administrator.userId }, "administrator");
      const own = await addCredential(db, administrator, aCredential({ name: "Own" }));
      const theirs = { kind: "source", id: await addSource(db, administrator, own) } as const;
      await expect(edit({ choice: choiceOf(theirs) }, administrator)).rejects.toMatchObject(refused);
      await grantEndpoint(db, administrator, theirs.id, { userId: owner.userId }, "collaborator");
      expect(await edit({ choice: choiceOf(theirs) }, administrator)).toMatchObject({ saved: true });
    }));

  it("does not run after its source once its records come from a file", () =>
    withRollback(async (db) => {
      const { owner, edit } = await edited(db);
      const file = await addUpload(db, owner);
      const both = { choice: choiceOf(file), schedule: { kind: "after-source" } } as const;
      await expect(edit(both)).rejects.toMatchObject({ fieldErrors: { schedule: expect.any(String) } });
      expect(await edit({ choice: choiceOf(file) })).toMatchObject({ saved: true });
    }));
});

it("deleting a source leaves its destinations without records to write", () =>
  withRollback(async (db) => {
    const { owner, sourceId, add, input } = await aPortal(db);
    const id = await add(input);
    await deleteEndpoint(db, owner, sourceId);
    expect(await findEndpoint(db, owner, "destination", id)).toMatchObject({
      input: null,
      writing: aComment,
    });
  }));

it("an address holds every choice, and reads back as the same", () => {
  const address = choiceOf(
    { kind: "source", id: "1" },
    { "m.text": "text", "t.text": "a {{b}}\nc", "m.line": "none" },
  );
  address.set("key", "column.sha");
  const read = readWritingChoice(new URLSearchParams(address.toString()));
  expect(read.mapping).toMatchObject({ text: { from: "text", text: "a {{b}}\nc" }, line: null });
  expect(readWritingChoice(writingAddress(read))).toEqual(read);
});
