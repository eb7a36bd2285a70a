import "server-only";
import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { endpoints, runs } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { closeOutage, openOutage, serverOf } from "./server-outage";
import { tell } from "./tell";

/** A run of a source or destination that has just ended. */
type Ended = {
  readonly id: string;
  readonly endpointId: string;
  readonly kind: "read" | "write" | "dry-run";
  readonly state: "succeeded" | "incomplete" | "failed" | "cancelled";
  readonly reason: string | null;
  /** The failure's code, as checks name it. */
  readonly failure: string | null;
};

/**
 * Tells how a run ended: its server's outage or return, else that it failed or is incomplete. Runs that keep ending in
 * the same way are told once. Dry runs are not told: the user who asked for one sees it.
 */
export async function tellRunEnd(tx: Tx, run: Ended): Promise<void> {
  const { endpointId, state } = run;
  const [endpoint] = await tx
    .select({
      name: endpoints.name,
      direction: endpoints.direction,
      credentialId: endpoints.credentialId,
    })
    .from(endpoints)
    .where(eq(endpoints.id, endpointId));
  if (!endpoint) return;
  const { credentialId, ...of } = endpoint;
  const serverId = credentialId && (await serverOf(tx, credentialId));
  if (state === "succeeded" || state === "incomplete") {
    if (serverId) await closeOutage(tx, serverId);
  } else if (isServerAway(run) && serverId) {
    // The outage says it: one message for all that the server stops.
    await openOutage(tx, serverId);
    return;
  }
  if (run.kind === "dry-run" || (state !== "failed" && state !== "incomplete")) return;
  if ((await stateBefore(tx, run)) === state) return;
  await tell(tx, {
    eventKey: `run:${run.id}:${state}`,
    news: { kind: `run-${state}`, runId: run.id, ...of },
    about: { endpointId },
  });
}

/** Tells that a schedule paused itself after `failures` runs that failed. */
export async function tellPaused(tx: Tx, endpointId: string, failures: number): Promise<void> {
  const [endpoint] = await tx
    .select({ name: endpoints.name, direction: endpoints.direction, pausedAt: endpoints.pausedAt })
    .from(endpoints)
    .where(eq(endpoints.id, endpointId));
  if (!endpoint?.pausedAt) return;
  const { pausedAt, ...of } = endpoint;
  await tell(tx, {
    eventKey: `paused:${endpointId}:${pausedAt.toISOString()}`,
    news: { kind: "endpoint-paused", failures, ...of },
    about: { endpointId },
  });
}

// The proxy on the way says nothing about the server behind it.
function isServerAway({ state, reason, failure }: Ended): boolean {
  return state === "failed" && reason === "unreachable" && !failure?.startsWith("PROXY_");
}

/** How the run before this one ended, apart from cancelled ones, dry runs and outages, which are told as the server's. */
async function stateBefore(tx: Tx, { id, endpointId }: Ended): Promise<string | null> {
  const [before] = await tx
    .select({ state: runs.state })
    .from(runs)
    .where(
      and(
        eq(runs.endpointId, endpointId),
        ne(runs.id, id),
        ne(runs.kind, "dry-run"),
        inArray(runs.state, ["succeeded", "incomplete", "failed"]),
        sql`${runs.reason} is distinct from 'unreachable'`,
      ),
    )
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(1);
  return before?.state ?? null;
}
