import "server-only";
import { eq } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import { findJobActor } from "@/lib/auth/job-actor";
import type { CheckCircumstances } from "@/lib/credentials/checks/check";
import { longestRetryMs, postponeChecks } from "@/lib/credentials/checks/schedule";
import { isHeldBack, turnDidNotCome } from "@/lib/credentials/lockout/rules";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { checkStored } from "./check-now";
import { getSignIn } from "./queries";

/**
 * Nothing was sent. `share-used-up`: the server has had as many checks as it may have in a minute. `slots-taken`: others
 * had its slots all the time, such as another process that checks too.
 */
export type ServerBusy = "share-used-up" | "slots-taken";
export type RecheckResult = "done" | ServerBusy;

/**
 * How long a busy server is left alone, and when the credential is due again. A share comes back with the limit's minute.
 * What met taken slots is due at once, for the process that has them; this one only steps aside.
 */
export const busyTimes: Readonly<Record<ServerBusy, { readonly pauseMs: number; readonly dueMs: number }>> = {
  "share-used-up": { pauseMs: 60_000, dueMs: 60_000 },
  "slots-taken": { pauseMs: 5_000, dueMs: 0 },
};

/**
 * Checks one credential as its owner, under lock-out protection, and records the outcome. Does nothing for a
 * credential that is gone or that its server has refused; postpones a check that could not be sent. Rejects only when
 * the database does.
 */
export async function recheck(
  db: Db,
  credentialId: string,
  { onSlotFree, timing }: Pick<CheckCircumstances, "onSlotFree" | "timing"> = {},
): Promise<RecheckResult> {
  const [credential] = await db
    .select({ ownerId: credentials.ownerId })
    .from(credentials)
    .where(eq(credentials.id, credentialId));
  if (!credential) return "done";
  const owner = await findJobActor(db, credential.ownerId);
  if (!owner) {
    await postponeChecks(db, [credentialId], longestRetryMs);
    return "done";
  }
  let areSlotsTaken = false;
  try {
    const stored = await getSignIn(db, owner, credentialId);
    const outcome = await checkStored(db, owner, stored, {
      isScheduled: true,
      onSlotFree,
      onSlotsTaken: () => {
        areSlotsTaken = true;
      },
      ...(timing ? { timing } : {}),
    });
    if (!isHeldBack(outcome) || outcome.kind !== "failed") return "done";
    const { reason, retryAfterSeconds: seconds } = outcome;
    if (areSlotsTaken) return await putOff(db, credentialId, "slots-taken");
    // Another attempt with the same account took its time. The server may have room for others.
    const isTurnLost = reason === turnDidNotCome.reason;
    const waitMs = seconds === undefined ? longestRetryMs : seconds * 1000;
    await postponeChecks(db, [credentialId], isTurnLost ? lostTurnMs : waitMs);
    return "done";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The credential was deleted or changed meanwhile, which removed or renewed its schedule; or the limit per server
    // was reached.
    return error.code === "RATE_LIMITED" ? putOff(db, credentialId, "share-used-up") : "done";
  }
}

/** When a check is due again whose turn did not come, because another one with its account was under way. */
const lostTurnMs = 60_000;

async function putOff(db: Db, credentialId: string, why: ServerBusy): Promise<ServerBusy> {
  await postponeChecks(db, [credentialId], busyTimes[why].dueMs);
  return why;
}
