import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyKeys } from "@/lib/crypto/canary";
import { portalKeys } from "@/lib/portal/keys";
import { doRunsUntil } from "@/lib/runs/worker";
import { dueRequests, runWorks } from "@/lib/worker/works";
import { type KeptDatabase, openKept } from "./kept-database";
import { rowOf } from "./runs";

/**
 * A process that waits for a message and then does the runs of the database of DATABASE_URL, or else of DATA_DIR, until
 * the run RUN_ID has ended. LEASE_MS is the lease of runs and slots. To be killed at any moment.
 */
const { DATABASE_URL, DATA_DIR = "", RUN_ID = "", LEASE_MS } = process.env;
const kept: KeptDatabase = DATABASE_URL
  ? { kind: "server", url: DATABASE_URL }
  : { kind: "embedded", folder: DATA_DIR };
const told = once(process, "message");
// Everything is loaded: whoever starts this process waits for it.
process.send?.("ready");
await told;
const { db } = await openKept(kept);
await verifyKeys(db, portalKeys().keyRing);
const stop = new AbortController();
const timing = LEASE_MS ? { leaseMs: Number(LEASE_MS), renewMs: Number(LEASE_MS) / 5, pollMs: 100 } : {};
const work = doRunsUntil(db, { works: runWorks, requests: dueRequests, signal: stop.signal, timing });
while (!(await rowOf(db, RUN_ID)).endedAt) await sleep(50);
stop.abort();
await work;
process.exit(0);
