import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { serverTrusts } from "@/drizzle/schema";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { Db } from "@/lib/db/types";
import type { EgressPolicy } from "@/lib/egress/policy";
import { egressPolicy } from "@/lib/portal/egress";

/**
 * Where the portal may call out to, with whatever administrators trust for this one server at this moment. Every call to a
 * server is made under it; asked for anew each time, so that a trust that has ended is over at once.
 */
export async function egressPolicyFor(db: Db, { origin }: BaseUrl): Promise<EgressPolicy> {
  const trusts = await db
    .select({ kind: serverTrusts.kind, pem: serverTrusts.pem, sha256: serverTrusts.sha256 })
    .from(serverTrusts)
    .where(and(eq(serverTrusts.origin, origin), isNull(serverTrusts.endedAt)));
  const authorities = trusts.filter(({ kind }) => kind === "authority").map(({ pem }) => pem);
  const pins = trusts.filter(({ kind }) => kind === "pin").map(({ sha256 }) => sha256);
  return { ...egressPolicy(), trusts: [{ origin, authorities, pins }] };
}
