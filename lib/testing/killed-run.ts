import { openAsBlob } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzleOnPostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzleOnPglite } from "drizzle-orm/pglite";
import pg from "pg";
import * as schema from "@/drizzle/schema";
import { verifyAuditLog } from "@/lib/audit/verify";
import { addCredential } from "@/lib/credentials/mutations";
import { currentDataKey } from "@/lib/crypto/data-keys";
import type { Db } from "@/lib/db/types";
import { rotateData, rotateWrapping } from "@/lib/keys/mutations";
import { openBatch, readKeysStatus } from "@/lib/keys/queries";
import { resealAll } from "@/lib/keys/reseal-all";
import { portalKeys } from "@/lib/portal/keys";
import { aVisitor } from "./actors";
import { aCredential, ownerOfCredentials } from "./credentials";

/**
 * A process that does one verb on the database of DATABASE_URL, or else of DATA_DIR, and kills itself with SIGKILL when it
 * is about to send statement number `killAt`; 0 for never. Prints one line of JSON at its end.
 */
const [verb = "", killAt = "0", seedFile = ""] = process.argv.slice(2);
const visitor = aVisitor();
const ring = portalKeys().keyRing;
let statements = 0;

const logger = {
  logQuery() {
    statements += 1;
    if (statements === Number(killAt)) process.kill(process.pid, "SIGKILL");
  },
};

async function open(): Promise<Db> {
  const casing = "snake_case";
  const url = process.env.DATABASE_URL;
  if (url) return drizzleOnPostgres(new pg.Pool({ connectionString: url }), { schema, casing, logger });
  const dataDir = process.env.DATA_DIR ?? "";
  const seeded = seedFile ? { loadDataDir: await openAsBlob(seedFile) } : {};
  return drizzleOnPglite(await PGlite.create({ dataDir, ...seeded }), { schema, casing, logger });
}

/** Five secrets under three data keys, of which two are retired, all wrapped by the one key of SECRET_KEYS. */
async function seed(db: Db): Promise<void> {
  const owner = await ownerOfCredentials(db);
  for (const [index, name] of ["One", "Two", "Three", "Four", "Five"].entries()) {
    await addCredential(db, owner, aCredential({ name }));
    if (index === 1 || index === 3) await rotateData(db, visitor, ring, (await currentDataKey(db, ring)).id);
  }
}

const none = () => undefined;
const runs: Record<string, (db: Db, retireId: string) => Promise<unknown>> = {
  seed,
  "rotate-wrapping": (db) => rotateWrapping(db, visitor, ring, none),
  "rotate-data": (db, retireId) => rotateData(db, visitor, ring, retireId),
  reseal: (db) => resealAll(db, visitor, ring, none, 2),
};

const db = await open();
await runs[verb]?.(db, process.env.RETIRE ?? "");
const done = statements;
const status = await readKeysStatus(db, visitor, ring);
const events = await db.select({ event: schema.auditEvents.event }).from(schema.auditEvents);
const answer = {
  statements: done,
  wrappedBy: status.dataKeys.map(({ wrappingKeyId }) => wrappingKeyId),
  dataKeys: status.dataKeys.map(({ id }) => id),
  secrets: status.dataKeys.map(({ secrets }) => secrets),
  unopened: (await openBatch(db, visitor, ring, { after: null, limit: 100 })).unopened,
  // The owner, whom no sign-up has made, has no event.
  findings: (await verifyAuditLog(db)).findings.filter(({ kind }) => kind !== "unrecorded"),
  events: events.map(({ event }) => event).filter((event) => event.startsWith("keys.")),
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
process.exit(0);
