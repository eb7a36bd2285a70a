import "server-only";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { flows } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isStillEnabled } from "@/lib/auth/still-enabled";
import type { Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { type FlowOperation, mayOnFlow } from "./policy";
import { roleOf, visibleTo } from "./visibility";

/**
 * Locks a source or destination for the rest of the transaction and proves the actor's right to `operation` as it stands
 * then. NOT_FOUND when it is absent or not visible, NOT_ALLOWED when it is visible and the role is too weak.
 */
export async function requireFlowRight(tx: Tx, actor: Actor, flowId: string, operation: FlowOperation) {
  // A malformed id is no id; the database would take it for a fault.
  if (!z.guid().safeParse(flowId).success) throw notFound("source or destination");
  const isIt = eq(flows.id, flowId);
  // As for a credential: whoever does not see it does not wait, and after waiting, grants are read as they are now.
  const [held] = await tx
    .select({ id: flows.id })
    .from(flows)
    .where(and(visibleTo(actor), isIt))
    .for("update");
  if (!held) throw notFound("source or destination");
  const [flow] = await tx
    .select({
      role: roleOf(actor),
      direction: flows.direction,
      connector: flows.connector,
      ownerId: flows.ownerId,
      credentialId: flows.credentialId,
      name: flows.name,
      description: flows.description,
      pausedAt: flows.pausedAt,
      version: flows.version,
    })
    .from(flows)
    .where(and(visibleTo(actor), isIt, isStillEnabled(actor)));
  if (!flow) throw notFound("source or destination");
  if (mayOnFlow(flow.role, operation)) return flow;
  const right = operation === "operate" ? "pause or activate" : "change";
  throw new AppError({
    code: "NOT_ALLOWED",
    message: `You may see this data ${flow.direction}, but not ${right} it. Ask its owner or an administrator of it.`,
  });
}
