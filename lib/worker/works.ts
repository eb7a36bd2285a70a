import "server-only";
import { deliveringWork } from "@/lib/deliveries/engine/work";
import { requestDelivery } from "@/lib/deliveries/request";
import { readingWork } from "@/lib/runs/engine/read-work";
import type { RunWorks } from "@/lib/runs/engine/run-slice";
import type { DueRequests } from "@/lib/runs/engine/schedule";
import { requestRun } from "@/lib/runs/mutations";

/** How each kind of run is done. A dry run differs from a run only in what it does not send and store. */
export const runWorks: RunWorks = {
  read: readingWork(),
  write: deliveringWork(),
  "dry-run": deliveringWork(),
};

/** How the runs that a schedule asks for are requested. */
export const dueRequests: DueRequests = {
  source: (db, owner, id) => requestRun(db, owner, id, "new"),
  destination: (db, owner, id) => requestDelivery(db, owner, id, { kind: "write", mode: "new" }),
};
