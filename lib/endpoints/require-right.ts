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
 * Locks a source or destination for the rest of the transaction and verifies the actor's right to `operation` at that
 * time. NOT_FOUND if it is absent or not visible; NOT_ALLOWED if it is visible but the role is too weak.
 */
export async function requireEndpointRight(
  tx: Tx,
  actor: Actor,
  endpointId: string,
  operation: EndpointOperation,
) {
  // The database would report a malformed id as a fault.
  if (!z.guid().safeParse(endpointId).success) throw notFound("source or destination");
  const isIt = eq(endpoints.id, endpointId);
  // As for a credential: users who do not see it do not wait, and after the wait, grants are read anew.
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
      settings: endpoints.settings,
      writing: endpoints.writing,
      inputSourceId: endpoints.inputSourceId,
      inputUploadId: endpoints.inputUploadId,
      schedule: endpoints.schedule,
      keepRunsDays: endpoints.keepRunsDays,
      keepDeletedDays: endpoints.keepDeletedDays,
      keepDeliveriesDays: endpoints.keepDeliveriesDays,
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
