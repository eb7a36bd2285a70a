import "server-only";
import { eq } from "drizzle-orm";
import { endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findJobActor } from "@/lib/auth/job-actor";
import { allowanceAccountOf } from "@/lib/credentials/lockout/account";
import { openForReading, type ReadySignIn } from "@/lib/credentials/reading";
import { noteUse } from "@/lib/credentials/uses";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { type AllowanceOf, isAllowanceCounted } from "@/lib/server-shares/allowance";
import type { ClaimedRun } from "./claim";
import type { RunEnd } from "./end-run";
import { failedAs, whyStopped } from "./fence";

/** A run whose owner's sign-in may be used now. Holds the secret. */
export type OpenedRun = {
  readonly run: ClaimedRun;
  readonly owner: Actor;
  readonly ready: ReadySignIn;
  readonly allowance: AllowanceOf;
  readonly isCounted: boolean;
  /** As `signInNow` names it. */
  readonly signIn: string;
};

/** The run as it can go on, why it ends, or `lost` if it is another process's. */
export type Preparation<Prepared> =
  | { readonly kind: "ready"; readonly prepared: Prepared }
  | { readonly kind: "ends"; readonly end: RunEnd; readonly owner: Actor | null }
  | { readonly kind: "lost" };

type EndpointRow = typeof endpoints.$inferSelect;

/** What may be opened before its sign-in is: a missing choice ends the run without one. */
export type Choose<Chosen> = (endpoint: EndpointRow) => Chosen | RunEnd;

/**
 * Opens the owner's sign-in of a claimed run, if its source or destination has what `choose` needs, and notes that it is
 * used. Sends nothing.
 */
export async function openRun<Chosen extends object>(
  db: Db,
  run: ClaimedRun,
  choose: Choose<Chosen>,
): Promise<Preparation<{ readonly opened: OpenedRun; readonly chosen: Chosen }>> {
  const [endpoint] = await db.select().from(endpoints).where(eq(endpoints.id, run.endpointId));
  if (!endpoint) return { kind: "lost" };
  const owner = await findJobActor(db, endpoint.ownerId);
  const ends = (end: RunEnd) => ({ kind: "ends", end, owner }) as const;
  if (run.cancelWanted || endpoint.pausedAt || !owner || endpoint.credentialId === null) {
    const end = await whyStopped(db, run);
    return end ? ends(end) : { kind: "lost" };
  }
  const chosen = choose(endpoint);
  if (isEnd(chosen)) return ends(chosen);
  const opened = await openForReading(db, owner, endpoint.credentialId).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (opened === null) return ends((await whyStopped(db, run)) ?? failedAs("credential-lost"));
  if (!opened.ok) {
    const { outcome, shape } = opened;
    const facts = { failure: outcome.reason, kind: endpoint.connector, scheme: shape.scheme };
    return ends({ ...failedAs("credential-held-back"), facts });
  }
  const { stored } = opened;
  await noteUse(db, owner, { credentialId: stored.checked.credentialId, endpointId: endpoint.id });
  const allowance = allowanceAccountOf(stored.target, stored.accountName);
  return {
    kind: "ready",
    prepared: {
      chosen,
      opened: {
        run,
        owner,
        ready: opened,
        allowance,
        isCounted: await isAllowanceCounted(db, allowance),
        signIn: `${stored.checked.credentialId}:${stored.checked.secretVersion}`,
      },
    },
  };
}

function isEnd(chosen: object): chosen is RunEnd {
  return "state" in chosen && "reason" in chosen;
}
