import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { deliveries } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { actionCatalogueOf, findAction } from "@/lib/connectors/action-catalogues";
import type { Db } from "@/lib/db/types";
import { readInput } from "@/lib/destinations/input";
import { mapRecord } from "@/lib/mapping/map-record";
import type { WritingSettings } from "@/lib/mapping/types";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aWritingDestination } from "@/lib/testing/destinations";
import { FakeDestination } from "@/lib/testing/fake-destination";
import { anEngineFor, untilEnded, worksFor } from "@/lib/testing/runs";
import { receiveUpload } from "@/lib/uploads/receive";
import { deliveringWork } from "./engine/work";
import { requestDelivery } from "./request";

let db: Db;
let owner: Actor;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

const writing: WritingSettings = {
  action: "manual-request",
  mapping: {
    method: { from: "constant", value: "POST" },
    path: { from: "text", text: "/rest/things/{{n}}" },
    body: { from: "text", text: '{"n":"{{n}}","b":"{{b}}","at":"{{at}}","j":"{{j}}","t":"{{b}} at {{at}}"}' },
  },
  matchKey: { kind: "column", column: "at" },
  allows: [],
};

async function* csv() {
  yield Buffer.from(
    'n,b,at,j\n7,TRUE,2026-11-29 09:30:00+01:00,"{""a"": 1}"\n-8,false,2026-11-29T08:00:00Z,[]\n',
  );
}

it("the values of a file's rows are those that the step Data showed, in the types of its columns", async () => {
  const { id: uploadId } = await receiveUpload(db, owner, "rows.csv", csv());
  const { destinationId } = await aWritingDestination(db, owner, { uploadId }, { writing });
  const { runId } = await requestDelivery(db, owner, destinationId, { kind: "dry-run", mode: "all" });
  const work = deliveringWork(new FakeDestination().writing);
  await untilEnded(anEngineFor(db, { ...worksFor(), "dry-run": work }), runId);
  const taken = await db
    .select({
      matchKey: deliveries.key,
      values: deliveries.values,
      hash: sql<string>`encode(${deliveries.hash}, 'hex')`,
    })
    .from(deliveries)
    .where(eq(deliveries.runId, runId))
    .orderBy(asc(deliveries.number));

  const action = findAction("bitbucket-server", writing.action);
  if (!action) throw new Error("the action of this test is gone");
  const file = { kind: "upload", id: uploadId } as const;
  const rows = await readInput(db, owner, file, { after: 0, skip: 0, limit: 10 });
  const shown = rows.map((row) => {
    const { matchKey, ...mapped } = mapRecord(actionCatalogueOf("bitbucket-server"), action, writing, row);
    if (!mapped.ok) throw new Error(mapped.problems[0]?.message);
    return { matchKey, values: mapped.values, hash: mapped.hash };
  });
  expect(taken).toEqual(shown);
  expect(taken[0]?.values.body).toMatchObject({ n: 7, b: true, j: { a: 1 } });
});
