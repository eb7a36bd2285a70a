import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentials, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import { somebody } from "@/lib/auth/testing";
import type { Db } from "@/lib/db/client";
import { withRollback } from "@/lib/db/testing";
import { AppError } from "@/lib/errors";
import { addFlow } from "@/lib/flows/mutations";
import { aTeam, grantCredential, grantFlow } from "@/lib/sharing/testing";
import { addCredential } from "./mutations";
import {
  type CredentialOperation,
  type CredentialRole,
  credentialOperations,
  mayOnCredential,
} from "./policy";
import { findCredentialTile, listCredentialTiles } from "./queries";
import { requireRight } from "./require-right";
import { aCredential, ownerOfCredentials } from "./testing";
import { visibleTo } from "./visibility";

type Given = { owner: Actor; actor: Actor; id: string };
type Principal = {
  who: string;
  /** What they are to the credential that they are led to. */
  role: CredentialRole | null;
  lead: (db: Db, given: Given) => Promise<unknown>;
  kind?: "administrator" | "member";
};

/** Everybody who can have an actor; a disabled user and nobody have none, which is proven below. */
const principals: Principal[] = [
  {
    who: "the owner",
    role: "owner",
    lead: (db, { actor, id }) =>
      db.update(credentials).set({ ownerId: actor.userId }).where(eq(credentials.id, id)),
  },
  {
    who: "an administrator",
    role: "administrator",
    lead: (db, { owner, actor, id }) =>
      grantCredential(db, owner, id, { userId: actor.userId }, "administrator"),
  },
  {
    who: "a collaborator",
    role: "collaborator",
    lead: (db, { owner, actor, id }) =>
      grantCredential(db, owner, id, { userId: actor.userId }, "collaborator"),
  },
  {
    who: "an operator of a source that uses it",
    role: null,
    lead: async (db, { owner, actor, id }) => {
      const kind = { direction: "source", connector: "bitbucket-server" } as const;
      const flow = await addFlow(db, owner, { ...kind, credentialId: id, name: "Commits", description: "" });
      await grantFlow(db, owner, flow, { userId: actor.userId }, "operator");
    },
  },
  {
    who: "somebody through a team",
    role: "collaborator",
    lead: async (db, { owner, actor, id }) =>
      grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "collaborator"),
  },
  {
    who: "somebody through two teams",
    role: "administrator",
    lead: async (db, { owner, actor, id }) => {
      await grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "administrator");
      await grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "collaborator");
    },
  },
  {
    who: "a former member of its team",
    role: null,
    lead: async (db, { owner, actor, id }) => {
      await grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "administrator");
      await db.update(teamMembers).set({ endedAt: new Date() }).where(eq(teamMembers.userId, actor.userId));
    },
  },
  { who: "another user", role: null, lead: async () => undefined },
  { who: "a portal administrator", role: null, lead: async () => undefined, kind: "administrator" },
];

type Answer = "ok" | "NOT_ALLOWED" | "NOT_FOUND";

function expectedAnswer(role: CredentialRole | null, operation: CredentialOperation): Answer {
  if (role === null) return "NOT_FOUND";
  return mayOnCredential(role, operation) ? "ok" : "NOT_ALLOWED";
}

async function answerOf(db: Db, actor: Actor, id: string, operation: CredentialOperation): Promise<Answer> {
  try {
    await db.transaction((tx) => requireRight(tx, actor, id, operation, "update"));
    return "ok";
  } catch (error) {
    if (error instanceof AppError && (error.code === "NOT_ALLOWED" || error.code === "NOT_FOUND"))
      return error.code;
    throw error;
  }
}

/** What lists, gets and counts say of it: either all of them show it, or none does. */
async function expectShown(db: Db, actor: Actor, id: string, shown: boolean, cell: string): Promise<void> {
  const tile = await findCredentialTile(db, actor, id);
  expect(tile?.id ?? null, `${cell}: found`).toBe(shown ? id : null);
  const listed = (await listCredentialTiles(db, actor, null)).items.map((item) => item.id);
  expect(listed.includes(id), `${cell}: listed`).toBe(shown);
  if (id === "malformed") return;
  expect(
    await db.$count(credentials, and(visibleTo(actor), eq(credentials.id, id))),
    `${cell}: counted`,
  ).toBe(shown ? 1 : 0);
}

describe("the rights on credentials: role × operation × id, one answer by policy and by SQL", () => {
  it.each(principals)("$who", ({ role, lead, kind }) =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const actor = await somebody(db, kind);
      const granted = await addCredential(db, owner, aCredential());
      await lead(db, { owner, actor, id: granted });
      const ids: [what: string, id: string, role: CredentialRole | null][] = [
        ["own", await addCredential(db, actor, aCredential({ name: "Own" })), "owner"],
        ["granted", granted, role],
        ["other's", await addCredential(db, owner, aCredential({ name: "Another's" })), null],
        ["random", randomUUID(), null],
        ["malformed", "malformed", null],
      ];
      for (const [what, id, roleThere] of ids) {
        await expectShown(db, actor, id, roleThere !== null, what);
        for (const operation of credentialOperations) {
          const answer = await answerOf(db, actor, id, operation);
          expect(answer, `${operation} on ${what}`).toBe(expectedAnswer(roleThere, operation));
        }
      }
    }),
  );

  it("a user who is disabled has no actor from that moment on, whatever they hold", () =>
    withRollback(async (db) => {
      const { userId } = await ownerOfCredentials(db);
      const token = await openSession(db, userId);
      expect(await findLiveSession(db, token)).not.toBeNull();
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId));
      expect(await findLiveSession(db, token)).toBeNull();
      expect(await findLiveSession(db, "nobody's token")).toBeNull();
    }));
});
