import { verifyKeys } from "@/lib/crypto/canary";
import { portalKeys } from "@/lib/portal/keys";
import { doRunsUntil } from "@/lib/runs/worker";
import { dueRequests, runWorks } from "@/lib/worker/works";
import { openKept } from "./kept-database";

/**
 * A process that does the runs of the database of DATABASE_URL, or else of DATA_DIR, and kills itself with SIGKILL
 * just before statement number `killAt`.
 */
const [killAt = "0"] = process.argv.slice(2);
const { DATABASE_URL, DATA_DIR } = process.env;
let statements = 0;

const kept = DATABASE_URL
  ? { kind: "server" as const, url: DATABASE_URL }
  : { kind: "embedded" as const, folder: DATA_DIR ?? "" };
const { db } = await openKept(kept, () => {
  statements += 1;
  if (statements === Number(killAt)) process.kill(process.pid, "SIGKILL");
});
await verifyKeys(db, portalKeys().keyRing);
await doRunsUntil(db, { works: runWorks, requests: dueRequests, signal: new AbortController().signal });
