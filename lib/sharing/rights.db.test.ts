import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentials, endpoints, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import { addCredential } from "@/lib/credentials/mutations";
import { credentialOperations, isSuspendedFor, mayOnCredential } from "@/lib/credentials/policy";
import { findCredentialTile, listCredentialTiles } from "@/lib/credentials/queries";
import { requireRight } from "@/lib/credentials/require-right";
import { visibleTo as seesCredential } from "@/lib/credentials/visibility";
import type { Db, Tx } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { type EndpointRole, endpointOperations, mayOnEndpoint } from "@/lib/endpoints/policy";
import { findEndpoint, listEndpoints } from "@/lib/endpoints/queries";
import { requireEndpointRight } from "@/lib/endpoints/require-right";
import { visibleTo as seesEndpoint } from "@/lib/endpoints/visibility";
import { AppError } from "@/lib/errors";
import { teamOperations } from "@/lib/teams/policy";
import { requireTeamRight } from "@/lib/teams/require-right";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantEndpoint, grantOn } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { aTeamOf } from "@/lib/testing/teams";

type Kind = "credential" | "endpoint";
type Role = Exclude<EndpointRole, "operator">;
type Given = { owner: Actor; actor: Actor; kind: Kind; id: string };
type Principal = {
  who: string;
  role: Role | null;
  lead: (db: Db, given: Given) => Promise<unknown>;
  isAdministrator?: boolean;
};

/** Every user with an actor, with every relation to an item of either kind, or none. */
const principals: Principal[] = [
  {
    who: "the owner",
    role: "owner",
    lead: (db, { actor, kind, id }) => {
      const table = kind === "credential" ? credentials : endpoints;
      return db.update(table).set({ ownerId: actor.userId }).where(eq(table.id, id));
    },
  },
  {
    who: "an administrator",
    role: "administrator",
    lead: (db, { owner, actor, ...thing }) =>
      grantOn(db, owner, thing, { userId: actor.userId }, "administrator"),
  },
  {
    who: "a collaborator",
    role: "collaborator",
    lead: (db, { owner, actor, ...thing }) =>
      grantOn(db, owner, thing, { userId: actor.userId }, "collaborator"),
  },
  {
    who: "somebody through a team",
    role: "collaborator",
    lead: async (db, { owner, actor, ...thing }) =>
      grantOn(db, owner, thing, { teamId: await aTeam(db, actor) }, "collaborator"),
  },
  {
    who: "somebody through two teams",
    role: "administrator",
    lead: async (db, { owner, actor, ...thing }) => {
      await grantOn(db, owner, thing, { teamId: await aTeam(db, actor) }, "administrator");
      await grantOn(db, owner, thing, { teamId: await aTeam(db, actor) }, "collaborator");
    },
  },
  {
    who: "a former member of its team",
    role: null,
    lead: async (db, { owner, actor, ...thing }) => {
      await grantOn(db, owner, thing, { teamId: await aTeam(db, actor) }, "administrator");
      await db.update(teamMembers).set({ endedAt: new Date() }).where(eq(teamMembers.userId, actor.userId));
    },
  },
  { who: "another user", role: null, lead: async () => undefined },
  { who: "a portal administrator", role: null, lead: async () => undefined, isAdministrator: true },
];

type Answer = "ok" | "NOT_ALLOWED" | "NOT_FOUND";

/** Asks for a right the way every mutation does. */
async function answerOf(db: Db, ask: (tx: Tx) => Promise<unknown>): Promise<Answer> {
  try {
    await db.transaction(ask);
    return "ok";
  } catch (error) {
    if (error instanceof AppError && (error.code === "NOT_ALLOWED" || error.code === "NOT_FOUND"))
      return error.code;
    throw error;
  }
}

function expectedAnswer(role: EndpointRole | null, may: boolean): Answer {
  if (role === null) return "NOT_FOUND";
  return may ? "ok" : "NOT_ALLOWED";
}

/** One answer for each operation. */
type Answers = Record<string, Answer>;

/** How the rights on one kind of item are queried: by the policy, every mutation's first step, lists, gets and counts. */
type Asking = {
  make: (db: Db, owner: Actor, name: string) => Promise<string>;
  byPolicy: (role: Role | null, ownerIsDisabled?: boolean) => Answers;
  bySql: (db: Db, actor: Actor, id: string) => Promise<Answers>;
  /** Whether it is there: by get, by list and, where the id can be asked for at all, by count. */
  shown: (db: Db, actor: Actor, id: string) => Promise<boolean[]>;
};

const asking: Record<Kind, Asking> = {
  credential: {
    make: (db, owner, name) => addCredential(db, owner, aCredential({ name })),
    byPolicy: (role, ownerIsDisabled = false) =>
      Object.fromEntries(
        credentialOperations.map((operation) => [
          operation,
          expectedAnswer(
            role,
            mayOnCredential(role, operation) && !isSuspendedFor(operation, ownerIsDisabled),
          ),
        ]),
      ),
    bySql: async (db, actor, id) => {
      const answers: Answers = {};
      for (const operation of credentialOperations) {
        answers[operation] = await answerOf(db, (tx) => requireRight(tx, actor, id, operation, "update"));
      }
      return answers;
    },
    shown: async (db, actor, id) => [
      (await findCredentialTile(db, actor, id)) !== null,
      (await listCredentialTiles(db, actor, null)).items.some((item) => item.id === id),
      ...(id === malformed
        ? []
        : [(await db.$count(credentials, and(seesCredential(actor), eq(credentials.id, id)))) === 1]),
    ],
  },
  endpoint: {
    make: async (db, owner, name) => {
      const credentialId = await addCredential(db, owner, aCredential({ name: `Key of ${name}` }));
      const kind = aRepositorySource;
      return addEndpoint(db, owner, { ...kind, credentialId, name, description: "" });
    },
    byPolicy: (role) =>
      Object.fromEntries(
        endpointOperations.map((operation) => [
          operation,
          expectedAnswer(role, mayOnEndpoint(role, operation)),
        ]),
      ),
    bySql: async (db, actor, id) => {
      const answers: Answers = {};
      for (const operation of endpointOperations) {
        answers[operation] = await answerOf(db, (tx) => requireEndpointRight(tx, actor, id, operation));
      }
      return answers;
    },
    shown: async (db, actor, id) => [
      (await findEndpoint(db, actor, "source", id)) !== null,
      (await listEndpoints(db, actor, "source", null)).items.some((item) => item.id === id),
      ...(id === malformed
        ? []
        : [(await db.$count(endpoints, and(seesEndpoint(actor), eq(endpoints.id, id)))) === 1]),
    ],
  },
};

const malformed = "not-an-id";

describe.each(["credential", "endpoint"] as const)(
  "role × operation × id, one answer by policy and by SQL: %s",
  (kind) => {
    const { make, byPolicy, bySql, shown } = asking[kind];

    it.each(principals)("$who", ({ role, lead, isAdministrator }) =>
      withRollback(async (db) => {
        const owner = await ownerOfCredentials(db);
        const actor = await somebody(db, isAdministrator ? "administrator" : "member");
        const granted = await make(db, owner, "Granted");
        await lead(db, { owner, actor, kind, id: granted });
        const ids: [what: string, id: string, role: Role | null][] = [
          ["own", await make(db, actor, "Own"), "owner"],
          ["granted", granted, role],
          ["other's", await make(db, owner, "Another's"), null],
          ["random", randomUUID(), null],
          ["malformed", malformed, null],
        ];
        for (const [what, id, roleThere] of ids) {
          expect(await bySql(db, actor, id), what).toEqual(byPolicy(roleThere));
          expect(new Set(await shown(db, actor, id)), `${what} is shown`).toEqual(
            new Set([roleThere !== null]),
          );
        }
      }),
    );
  },
);

describe.each(["credential", "endpoint"] as const)(
  "the same while the owner's account is disabled, and again once it is enabled: %s",
  (kind) => {
    const { make, byPolicy, bySql, shown } = asking[kind];
    const others = principals.filter(({ role }) => role !== "owner");

    it.each(others)("$who", ({ role, lead, isAdministrator }) =>
      withRollback(async (db) => {
        const owner = await ownerOfCredentials(db);
        const actor = await somebody(db, isAdministrator ? "administrator" : "member");
        const granted = await make(db, owner, "Granted");
        await lead(db, { owner, actor, kind, id: granted });
        for (const disabledAt of [new Date(), null]) {
          await db.update(users).set({ disabledAt }).where(eq(users.id, owner.userId));
          expect(await bySql(db, actor, granted)).toEqual(byPolicy(role, disabledAt !== null));
          expect(new Set(await shown(db, actor, granted))).toEqual(new Set([role !== null]));
        }
      }),
    );
  },
);

describe("who has no actor", () => {
  it("a disabled user has no actor from that moment on, whatever their grants, and an unknown token has none", () =>
    withRollback(async (db) => {
      const { userId } = await ownerOfCredentials(db);
      const token = await openSession(db, userId);
      expect(await findLiveSession(db, token)).not.toBeNull();
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId));
      expect(await findLiveSession(db, token)).toBeNull();
      expect(await findLiveSession(db, "nobody's token")).toBeNull();
    }));
});

it("a user who is disabled during a request has no rights in its transaction", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const teamId = await aTeamOf(db, owner);
    const ids = {
      credential: await asking.credential.make(db, owner, "Own"),
      endpoint: await asking.endpoint.make(db, owner, "Own too"),
    };
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, owner.userId));
    for (const kind of ["credential", "endpoint"] as const) {
      expect(await asking[kind].bySql(db, owner, ids[kind])).toEqual(asking[kind].byPolicy(null));
    }
    for (const operation of teamOperations) {
      const ask = (tx: Tx) => requireTeamRight(tx, owner, teamId, operation);
      expect(await answerOf(db, ask), operation).toBe("NOT_FOUND");
    }
  }));

describe("an operator", () => {
  it("may see and operate the source, and is nothing to the credential that it uses", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const actor = await somebody(db);
      const credentialId = await addCredential(db, owner, aCredential());
      const endpoint = { ...aRepositorySource, credentialId } as const;
      const id = await addEndpoint(db, owner, { ...endpoint, name: "Commits", description: "" });
      await grantEndpoint(db, owner, id, { userId: actor.userId }, "operator");
      const allowed = endpointOperations.filter((operation) => mayOnEndpoint("operator", operation));
      expect(
        Object.entries(await asking.endpoint.bySql(db, actor, id)).filter(([, answer]) => answer === "ok"),
      ).toEqual(allowed.map((operation) => [operation, "ok"]));
      expect(await asking.credential.bySql(db, actor, credentialId)).toEqual(
        asking.credential.byPolicy(null),
      );
      expect(await asking.credential.shown(db, actor, credentialId)).toEqual([false, false, false]);
    }));
});
