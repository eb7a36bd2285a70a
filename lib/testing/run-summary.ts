import type { DeliveryCounts } from "@/lib/audit/run-events";

/** The deliveries of a source's run, and of a destination's before its first record. */
export const noDeliveries: DeliveryCounts = {
  ...{ taken: 0, wouldSend: 0, sent: 0, alreadyThere: 0 },
  ...{ rejected: 0, skipped: 0, unknown: 0, held: 0 },
};
