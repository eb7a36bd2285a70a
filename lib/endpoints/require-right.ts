import "server-only";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isStillEnabled } from "@/lib/auth/still-enabled";
import type { Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { type EndpointOperation, mayOnEndpoint } from "./policy";
import { roleOf, visibleTo } from "./visibility";

/**
 * Locks a source or destination for the rest of the transaction and proves the actor's right to `operation` as it stands
 * then. NOT_FOUND when it is absent or not visible, NOT_ALLOWED when it is visible and the role is too weak.
 */
export async function requireEndpointRight(
  tx: Tx,
  actor: Actor,
  endpointId: string,
  operation: EndpointOperation,
) {
  // A malformed id is no id; the database would take it for a fault.
  if (!z.guid().safeParse(endpointId).success) throw notFound("source or destination");
  const isIt = eq(endpoints.id, endpointId);
  // As for a credential: whoever does not see it does not wait, and after waiting, grants are read as they are now.
  const [held] = await tx
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(visibleTo(actor), isIt))
    .for("update");
  if (!held) throw notFound("source or destination");
  const [endpoint] = await tx
    .select({
      role: roleOf(actor),
      direction: endpoints.direction,
      connector: endpoints.connector,
      ownerId: endpoints.ownerId,
      credentialId: endpoints.credentialId,
      name: endpoints.name,
      description: endpoints.description,
      pausedAt: endpoints.pausedAt,
      version: endpoints.version,
    })
    .from(endpoints)
    .where(and(visibleTo(actor), isIt, isStillEnabled(actor)));
  if (!endpoint) throw notFound("source or destination");
  if (mayOnEndpoint(endpoint.role, operation)) return endpoint;
  const right = operation === "operate" ? "pause or activate" : "change";
  throw new AppError({
    code: "NOT_ALLOWED",
    message: `You may see this data ${endpoint.direction}, but not ${right} it. Ask its owner or an administrator of it.`,
  });
}
