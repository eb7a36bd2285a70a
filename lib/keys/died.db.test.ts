import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvents } from "@/drizzle/schema";
import { verifyAuditLog } from "@/lib/audit/verify";
import { addCredential } from "@/lib/credentials/mutations";
import { currentDataKey } from "@/lib/crypto/data-keys";
import { type KeyRing, parseKeyRing } from "@/lib/crypto/key-ring";
import type { Db } from "@/lib/db/types";
import { aVisitor } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase, rolledBack } from "@/lib/testing/database";
import { rotateData, rotateWrapping } from "./mutations";
import { openBatch, readKeysStatus } from "./queries";
import { resealAll } from "./reseal-all";

const visitor = aVisitor();
const none = () => undefined;
const died = new Error("died");

function newRing(): KeyRing {
  const parsed = parseKeyRing(`k2:${Buffer.alloc(32, 2).toString("base64")},${process.env.SECRET_KEYS}`);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.ring;
}
const ring = newRing();

/** What each verb comes to, after however many deaths. */
const verbs = {
  "rotate-wrapping": {
    run: (db: Db) => rotateWrapping(db, visitor, ring, none),
    comesTo: { wrappedBy: ["k2", "k2"], secrets: [3, 0], events: { "keys.rewrapped": 2 } },
  },
  "rotate-data": {
    run: (db: Db, retireId: string) => rotateData(db, visitor, ringOfPortal(), retireId),
    comesTo: { wrappedBy: ["k1", "k1", "k1"], secrets: [3, 0, 0], events: { "keys.rotated": 2 } },
  },
  reseal: {
    run: (db: Db) => resealAll(db, visitor, ring, none, 2),
    comesTo: { wrappedBy: ["k1", "k1"], secrets: [0, 3], events: { "keys.resealed": 2 } },
  },
};

async function stateOf(db: Db, kind: string) {
  const { dataKeys } = await readKeysStatus(db, visitor, ring);
  return {
    wrappedBy: dataKeys.map(({ wrappingKeyId }) => wrappingKeyId).toSorted(),
    secrets: dataKeys.map(({ secrets }) => secrets).toSorted((a, b) => a - b),
    events: { [kind]: await db.$count(auditEvents, eq(auditEvents.event, kind)) },
  };
}

it.each(Object.entries(verbs))(
  "11 %s that dies at any one of its statements leaves every secret openable, and is finished by the next run",
  async (_verb, { run, comesTo }) => {
    let [sent, diesAt] = [0, 0];
    const db = await ownDatabase({
      logQuery() {
        sent += 1;
        if (sent === diesAt) throw died;
      },
    });
    const owner = await ownerOfCredentials(db);
    for (const name of ["One", "Two", "Three"]) await addCredential(db, owner, aCredential({ name }));
    await rotateData(db, visitor, ringOfPortal(), (await currentDataKey(db, ring)).id);
    const { id: current } = await currentDataKey(db, ring);
    const [kind = ""] = Object.keys(comesTo.events);
    const finished = { ...comesTo, secrets: comesTo.secrets.toSorted((a, b) => a - b) };

    for (let at = 1; ; at += 1) {
      let hasDied = false;
      await rolledBack(db, async (tx) => {
        [sent, diesAt] = [0, at];
        hasDied = await run(tx, current).then(
          () => false,
          (error: unknown) => error === died || Promise.reject(error),
        );
        diesAt = 0;
        expect((await openBatch(tx, visitor, ring, { after: null, limit: 10 })).unopened).toEqual([]);
        await run(tx, current);
        expect(await stateOf(tx, kind), `died at ${at}`).toEqual(finished);
        // The owner, whom no sign-up has made, has no event.
        expect((await verifyAuditLog(tx)).findings).toMatchObject([{ kind: "unrecorded" }]);
      });
      if (!hasDied) break;
      expect(at).toBeLessThan(200);
    }
  },
);

/** Before the operator has put the new key in front. */
function ringOfPortal(): KeyRing {
  const parsed = parseKeyRing(process.env.SECRET_KEYS ?? "");
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.ring;
}
