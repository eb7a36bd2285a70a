import { beforeAll, describe, expect, it } from "vitest";
import { lockoutStates } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";
import type { Db } from "@/lib/db/types";
import { requestRun } from "@/lib/runs/mutations";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { repository } from "@/lib/testing/fake-repositories";
import { FakeServer } from "@/lib/testing/fake-source";
import { anEngine, aReadingSource, rowOf, untilEnded } from "@/lib/testing/runs";
import type { Reading } from "./reading";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});

let accounts = 0;
/** Sources with credentials of one account that has the same secret in all of them. */
async function sourcesOfOneAccount(count: number): Promise<string[]> {
  accounts += 1;
  const baseUrl = baseUrlAt(`https://revoked${accounts}.example.com`);
  const made = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      aReadingSource(db, owner, { name: `Source ${accounts}.${at}`, credential: { baseUrl } }),
    ),
  );
  return made.map(({ sourceId }) => sourceId);
}

/** A server whose secret is revoked at the call with this number, and the calls sent after the first refusal arrived. */
function revokedAt(revokedCall: number) {
  const server = new FakeServer([repository("1", 40), repository("2", 40), repository("3", 40)]);
  const seen = { refused: 0, sentLate: [] as StreamCall[] };
  server.hook = (): AnswerMeaning | null =>
    server.calls.length >= revokedCall ? { kind: "refused", reason: "SECRET_REJECTED" } : null;
  const reading: Reading = {
    ...server.reading,
    openSource: async (...given) => {
      const opened = await server.reading.openSource(...given);
      if (!opened.ok) return opened;
      const get = async (call: StreamCall) => {
        if (seen.refused > 0) seen.sentLate.push(call);
        const meaning = await opened.source.get(call);
        if (meaning.kind === "refused") seen.refused += 1;
        return meaning;
      };
      return { ok: true, source: { ...opened.source, get } };
    },
  };
  return { server, reading, seen };
}

const calls = [1, 2, 3, 5, 8, 13, 21];

describe("a secret that is revoked in the middle", () => {
  it.each(calls)(
    "at call %i of two lanes: nothing is sent once a refusal has arrived",
    async (revokedCall) => {
      const [sourceId = ""] = await sourcesOfOneAccount(1);
      const { reading, seen } = revokedAt(revokedCall);
      const { runId } = await requestRun(db, owner, sourceId, "new");
      const run = await untilEnded(anEngine(db, reading), runId);
      expect(run).toMatchObject({ state: "failed", reason: "credential-refused" });
      expect(seen.sentLate).toEqual([]);
      expect(seen.refused).toBeLessThanOrEqual(2);
    },
  );

  it.each(calls)(
    "at call %i of two sources of one account, in two workers: nothing is sent once a refusal has arrived, and it counts once",
    async (revokedCall) => {
      const sourceIds = await sourcesOfOneAccount(2);
      const { reading, seen } = revokedAt(revokedCall);
      const runs = [];
      for (const sourceId of sourceIds) runs.push(await requestRun(db, owner, sourceId, "new"));
      await Promise.all(
        runs.map(({ runId }, at) => untilEnded(anEngine(processes[at === 0 ? 0 : 1], reading), runId)),
      );
      const rows = await Promise.all(runs.map(({ runId }) => rowOf(db, runId)));
      expect(rows.map(({ state }) => state)).toEqual(["failed", "failed"]);
      expect(rows.map(({ reason }) => reason)).toContain("credential-refused");
      expect(seen.sentLate).toEqual([]);
      expect(seen.refused).toBeLessThanOrEqual(2);
      const [newest] = (await db.select().from(lockoutStates)).filter(({ baseUrl }) =>
        baseUrl.includes(`revoked${accounts}.`),
      );
      expect(newest?.refusals).toBe(1);
    },
  );
});
