import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { serverTrusts } from "@/drizzle/schema";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { Db } from "@/lib/db/types";
import type { EgressPolicy } from "@/lib/egress/policy";
import { egressPolicy } from "@/lib/portal/egress";

/**
 * The egress policy with the trusts that administrators gave this one server. Every call to a server uses it; read
 * anew each time, so that an ended trust counts at once.
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
