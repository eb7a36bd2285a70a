import { portalKeys } from "@/lib/portal/keys";
import { openKept } from "./kept-database";
import { isKeyVerb, keyRuns } from "./key-runs";

/**
 * A process that runs one verb on the database of DATABASE_URL, or else of DATA_DIR, and kills itself with SIGKILL
 * just before statement number `killAt`.
 */
const [verb = "", killAt = "0"] = process.argv.slice(2);
const { DATABASE_URL, DATA_DIR, RETIRE: retireId = "" } = process.env;
let statements = 0;

const kept = DATABASE_URL
  ? { kind: "server" as const, url: DATABASE_URL }
  : { kind: "embedded" as const, folder: DATA_DIR ?? "" };
const { db } = await openKept(kept, () => {
  statements += 1;
  if (statements === Number(killAt)) process.kill(process.pid, "SIGKILL");
});
if (!isKeyVerb(verb)) throw new Error(`there is no verb ${verb}`);
await keyRuns[verb]({ db, ring: portalKeys().keyRing, retireId });
process.exit(0);
