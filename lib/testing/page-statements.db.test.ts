import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import { addCredential } from "@/lib/credentials/mutations";
import {
  findCredentialTile,
  listCredentials,
  listCredentialTiles,
  listEqualSecrets,
} from "@/lib/credentials/queries";
import { credentialFilterSchema } from "@/lib/credentials/schema";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { listEndpoints } from "@/lib/endpoints/queries";
import { listNotices } from "@/lib/notices/queries";
import { listMessages } from "@/lib/notifications/queries";
import { listToldCredentials, readFirstSteps, readNeedCounts } from "@/lib/overview/queries";
import { listRequests } from "@/lib/overview/requests";
import { listLatestRuns, listRunsToTell } from "@/lib/runs/latest";
import { listOffersTo } from "@/lib/transfers/queries";
import { somebody } from "./actors";
import { aCredential } from "./credentials";
import { ownDatabase } from "./database";
import { aTeam, grantCredential, grantEndpoint } from "./sharing";
import { aRepositorySource } from "./sources";

type Loader = (
  db: Db,
  actor: Actor,
  given: { credentialId: string; endpointIds: string[] },
) => Promise<unknown>;

/** What each hot page asks the database by the names of its loaders; each of them is one statement. */
const pages: Readonly<Record<string, Readonly<Record<string, Loader>>>> = {
  "[direction]/new/[connector]/page.tsx": {
    listCredentialTiles: (db, actor) => listCredentialTiles(db, actor, null),
    countTileGroups: (db, actor) => countTileGroups(db, actor),
    findCredentialTile: (db, actor, { credentialId }) => findCredentialTile(db, actor, credentialId),
    // After a Save only.
    listEqualSecrets: (db, actor, { credentialId }) => listEqualSecrets(db, actor, credentialId),
  },
  "credentials/page.tsx": {
    listCredentials: (db, actor) =>
      listCredentials(db, actor, credentialFilterSchema.parse({ q: "a" }), null),
    listOffersTo,
    countTileGroups: (db, actor) => countTileGroups(db, actor, { withOwners: true }),
  },
  "[direction]/page.tsx": {
    listEndpoints: (db, actor) => listEndpoints(db, actor, "source", null),
    listLatestRuns: (db, actor, { endpointIds }) => listLatestRuns(db, actor, endpointIds),
  },
  "page.tsx": {
    listToldCredentials: (db, actor) => listToldCredentials(db, actor, 11),
    listRunsToTell: (db, actor) => listRunsToTell(db, actor, 11),
    listRequests: (db, actor) => listRequests(db, actor, 11),
    readFirstSteps,
  },
  "inbox/page.tsx": { listMessages: (db, actor) => listMessages(db, actor, null) },
  // Around each of them; the start page needs the counts itself.
  "count-needs.ts": { readNeedCounts },
  "layout.tsx": { listNotices },
};

const statements: string[] = [];
let db: Db;
let actor: Actor;
let given: { credentialId: string; endpointIds: string[] };

beforeAll(async () => {
  db = await ownDatabase({ logQuery: (text) => statements.push(text) });
  const owner = await somebody(db);
  actor = await somebody(db);
  const teamId = await aTeam(db, actor);
  const shared = { ids: [] as string[], endpointIds: [] as string[] };
  for (const name of ["One", "Two", "Three"]) {
    const credentialId = await addCredential(db, owner, aCredential({ name }));
    await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
    const id = await addEndpoint(db, owner, { ...aRepositorySource, description: "", credentialId, name });
    await grantEndpoint(db, owner, id, { teamId }, "collaborator");
    shared.ids.push(credentialId);
    shared.endpointIds.push(id);
  }
  given = { credentialId: shared.ids[0] ?? "", endpointIds: shared.endpointIds };
});

async function countStatements(ask: () => Promise<unknown>): Promise<number> {
  const before = statements.length;
  await ask();
  return statements.length - before;
}

describe.each(Object.entries(pages))("%s", (page, loaders) => {
  it("asks the database one statement per loader, four at most, however many rows it shows", async () => {
    for (const [name, load] of Object.entries(loaders)) {
      expect(await countStatements(() => load(db, actor, given)), name).toBe(1);
    }
    expect(Object.keys(loaders).length).toBeLessThanOrEqual(4);
  });

  it("calls these loaders and no others", () => {
    const source = readFileSync(join(process.cwd(), "app/(portal)", page), "utf8");
    const called = [...source.matchAll(/(\w+)\((?:db|await database\(\)), actor/g)].map(([, name]) => name);
    expect(called.sort()).toEqual(Object.keys(loaders).sort());
  });
});

it("the session and its user are read in one statement", async () => {
  const token = await openSession(db, actor.userId);
  expect(await countStatements(() => findLiveSession(db, token))).toBe(1);
});
