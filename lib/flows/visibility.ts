import "server-only";
import { eq, type SQL } from "drizzle-orm";
import { flows } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";

/** The one rule of who sees a source or destination, for every list, get and mutation: its owner. */
export function visibleTo(actor: Actor): SQL {
  return eq(flows.ownerId, actor.userId);
}
