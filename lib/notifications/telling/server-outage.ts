import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { credentials, serverOutages, servers } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { tell } from "./tell";

/** Opens a server's outage and tells it, unless one is open: however many checks and runs meet it, it is told once. */
export async function openOutage(tx: Tx, serverId: string): Promise<void> {
  const [opened] = await tx
    .insert(serverOutages)
    .values({ serverId })
    .onConflictDoNothing()
    .returning({ id: serverOutages.id });
  if (!opened) return;
  const server = await addressOf(tx, serverId);
  await tell(tx, {
    eventKey: `outage:${opened.id}:opened`,
    news: { kind: "server-unreachable", server },
    about: { serverId },
  });
}

/** Closes a server's open outage, if there is one, and tells that the server is back. */
export async function closeOutage(tx: Tx, serverId: string): Promise<void> {
  const [closed] = await tx
    .update(serverOutages)
    .set({ closedAt: sql`clock_timestamp()` })
    .where(and(eq(serverOutages.serverId, serverId), isNull(serverOutages.closedAt)))
    .returning({ id: serverOutages.id, openedAt: serverOutages.openedAt });
  if (!closed) return;
  const server = await addressOf(tx, serverId);
  await tell(tx, {
    eventKey: `outage:${closed.id}:closed`,
    news: { kind: "server-back", server, since: closed.openedAt.toISOString() },
    about: { serverId },
  });
}

/** The server of a credential. */
export async function serverOf(tx: Tx, credentialId: string): Promise<string | null> {
  const [credential] = await tx
    .select({ serverId: credentials.serverId })
    .from(credentials)
    .where(eq(credentials.id, credentialId));
  return credential?.serverId ?? null;
}

async function addressOf(tx: Tx, serverId: string): Promise<string> {
  const [server] = await tx
    .select({ baseUrl: servers.baseUrl })
    .from(servers)
    .where(eq(servers.id, serverId));
  return server?.baseUrl ?? "";
}
