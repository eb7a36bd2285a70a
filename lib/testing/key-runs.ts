import * as schema from "@/drizzle/schema";
import { verifyAuditLog } from "@/lib/audit/verify";
import { addCredential } from "@/lib/credentials/mutations";
import { verifyKeys } from "@/lib/crypto/canary";
import { currentDataKey } from "@/lib/crypto/data-keys";
import type { KeyRing } from "@/lib/crypto/key-ring";
import type { Db } from "@/lib/db/types";
import { rotateData, rotateWrapping } from "@/lib/keys/mutations";
import { openBatch, readKeysStatus } from "@/lib/keys/queries";
import { resealAll } from "@/lib/keys/reseal-all";
import { aVisitor } from "./actors";
import { aCredential, ownerOfCredentials } from "./credentials";

const visitor = aVisitor();
const none = () => undefined;

/** What a verb's run works on: `retireId` is the data key that `rotate-data` retires. */
export type KeyRun = { readonly db: Db; readonly ring: KeyRing; readonly retireId: string };

/** Five secrets under three data keys, two of them retired, all wrapped by the ring's first key. */
export async function seedSecrets(db: Db, ring: KeyRing): Promise<void> {
  await verifyKeys(db, ring);
  const owner = await ownerOfCredentials(db);
  for (const [index, name] of ["One", "Two", "Three", "Four", "Five"].entries()) {
    await addCredential(db, owner, aCredential({ name }));
    if (index === 1 || index === 3) await rotateData(db, visitor, ring, (await currentDataKey(db, ring)).id);
  }
}

/** The verbs of `npm run keys` that make changes. */
export const keyRuns = {
  "rotate-wrapping": ({ db, ring }: KeyRun) => rotateWrapping(db, visitor, ring, none),
  "rotate-data": ({ db, ring, retireId }: KeyRun) => rotateData(db, visitor, ring, retireId),
  reseal: ({ db, ring }: KeyRun) => resealAll(db, visitor, ring, none, 2),
};

export type KeyVerb = keyof typeof keyRuns;

export function isKeyVerb(word: string): word is KeyVerb {
  return Object.hasOwn(keyRuns, word);
}

/** The state of a database's keys, secrets and audit log. */
export async function readKeyState(db: Db, ring: KeyRing) {
  const { dataKeys } = await readKeysStatus(db, visitor, ring);
  const events = await db.select({ event: schema.auditEvents.event }).from(schema.auditEvents);
  return {
    wrappedBy: dataKeys.map(({ wrappingKeyId }) => wrappingKeyId),
    dataKeys: dataKeys.map(({ id }) => id),
    secrets: dataKeys.map(({ secrets }) => secrets),
    unopened: (await openBatch(db, visitor, ring, { after: null, limit: 100 })).unopened,
    // The owner was inserted without a sign-up, so it has no event.
    findings: (await verifyAuditLog(db)).findings.filter(({ kind }) => kind !== "unrecorded"),
    events: events.map(({ event }) => event).filter((event) => event.startsWith("keys.")),
  };
}
