import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { credentials, flows, servers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Direction } from "@/lib/connectors";
import { newestProof } from "@/lib/credentials/proof";
import { statusOf } from "@/lib/credentials/verdict";
import type { Db } from "@/lib/db/client";
import { before, type Cursor, type Page, pageOf } from "@/lib/paging";
import type { FlowSummary } from "./types";
import { visibleTo } from "./visibility";

const flowsPerPage = 50;

/** The actor's sources or destinations, newest first, one page of them. */
export async function listFlows(
  db: Db,
  actor: Actor,
  direction: Direction,
  after: Cursor | null,
): Promise<Page<FlowSummary>> {
  const rows = await selectFlows(db)
    .where(and(visibleTo(actor), eq(flows.direction, direction), before(after, flows.createdAt, flows.id)))
    .orderBy(desc(flows.createdAt), desc(flows.id))
    .limit(flowsPerPage + 1);
  return pageOf(rows, flowsPerPage, summaryOf);
}

/** One source or destination, or null: absent, malformed, another's and one of the other direction are the same. */
export async function findFlow(
  db: Db,
  actor: Actor,
  direction: Direction,
  id: string,
): Promise<FlowSummary | null> {
  if (!z.guid().safeParse(id).success) return null;
  const [row] = await selectFlows(db).where(
    and(visibleTo(actor), eq(flows.direction, direction), eq(flows.id, id)),
  );
  return row ? summaryOf(row) : null;
}

function selectFlows(db: Db) {
  const proof = newestProof(db);
  return db
    .select({
      id: flows.id,
      direction: flows.direction,
      connector: flows.connector,
      name: flows.name,
      description: flows.description,
      createdAt: flows.createdAt,
      credentialId: credentials.id,
      credentialName: credentials.name,
      baseUrl: servers.baseUrl,
      verdict: proof.verdict,
    })
    .from(flows)
    .innerJoin(credentials, eq(credentials.id, flows.credentialId))
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .leftJoinLateral(proof, sql`true`)
    .$dynamic();
}

type FlowRow = Awaited<ReturnType<typeof selectFlows>>[number];

function summaryOf(row: FlowRow): FlowSummary {
  const { credentialId, credentialName, baseUrl, verdict, createdAt, ...flow } = row;
  return {
    ...flow,
    createdAt: createdAt.toISOString(),
    credential: { id: credentialId, name: credentialName, baseUrl, status: statusOf(verdict) },
  };
}
