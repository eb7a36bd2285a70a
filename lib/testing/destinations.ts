import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { datasets, deliveries, endpoints, uploadRows, uploads } from "@/drizzle/schema";
import type { Schedule } from "@/drizzle/schema/endpoints";
import type { Actor } from "@/lib/actor";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { addCredential, type NewCredential } from "@/lib/credentials/mutations";
import { storePage } from "@/lib/datasets/store";
import type { Db } from "@/lib/db/types";
import { requestDelivery, type WantedDelivery } from "@/lib/deliveries/request";
import { addEndpoint } from "@/lib/endpoints/mutations";
import type { WritingSettings } from "@/lib/mapping/types";
import { runWorks } from "@/lib/worker/works";
import { aCredential } from "./credentials";
import { anEngineFor, untilEnded } from "./runs";

/** Comments on the pull requests that the records name, by columns that a data set of commits has. */
export const commentWriting: WritingSettings = {
  action: "pull-request-comment",
  mapping: {
    project: { from: "constant", value: "SHOP" },
    repository: { from: "column", column: "repository_slug" },
    pullRequest: { from: "column", column: "repository_id" },
    text: { from: "column", column: "message" },
  },
  matchKey: { kind: "record" },
  allows: [],
};

/** A record for `commentWriting`. */
export function aRow(key: string, pullRequest: number, message = `Text of ${key}`): Row {
  return { key, data: { repository_slug: "storefront", repository_id: pullRequest, message } };
}

/** Records on so many pull requests in turn. */
export function rowsOn(pullRequests: number, count: number): Row[] {
  return Array.from({ length: count }, (_, at) => aRow(`K${at + 1}`, (at % pullRequests) + 1));
}

/** Comments on two pull requests of the sandbox's main server. */
export const sandboxWriting: WritingSettings = {
  ...commentWriting,
  mapping: { ...commentWriting.mapping, project: { from: "column", column: "project_key" } },
};

const sandboxPulls = [
  { project_key: "SHOP", repository_slug: "storefront", repository_id: 1 },
  { project_key: "DATA", repository_slug: "event-lake", repository_id: 4 },
] as const;

/** So many records for `sandboxWriting`, each with a text of its own. */
export function sandboxRows(count: number, text = "Finding"): Row[] {
  return Array.from({ length: count }, (_, at) => {
    const number = String(at + 1).padStart(4, "0");
    return { key: `K${number}`, data: { ...sandboxPulls[at % 2], message: `${text} ${number}.` } };
  });
}

/** Where a test's destination gets its records from. */
export type InputOf = { readonly sourceId: string } | { readonly uploadId: string };

/** For database tests: a destination that writes, of this owner. */
export async function aWritingDestination(
  db: Db,
  owner: Actor,
  input: InputOf,
  {
    name = "Comments",
    credential = {},
    credentialId,
    writing = commentWriting,
    schedule = { kind: "manual" },
  }: {
    name?: string;
    credential?: Partial<NewCredential>;
    credentialId?: string;
    writing?: WritingSettings;
    schedule?: Schedule;
  } = {},
): Promise<{ destinationId: string; credentialId: string }> {
  const usedId =
    credentialId ?? (await addCredential(db, owner, aCredential({ name: `For ${name}`, ...credential })));
  const destinationId = await insertDestination(db, owner, { name, credentialId: usedId });
  const from = "sourceId" in input ? { inputSourceId: input.sourceId } : { inputUploadId: input.uploadId };
  await db
    .update(endpoints)
    .set({ writing, schedule, ...from })
    .where(eq(endpoints.id, destinationId));
  return { destinationId, credentialId: usedId };
}

async function insertDestination(db: Db, owner: Actor, given: { name: string; credentialId: string }) {
  const id = randomUUID();
  await db.insert(endpoints).values({
    ...{ id, direction: "destination", connector: "bitbucket-server", ownerId: owner.userId, ...given },
  });
  return id;
}

/** A source without a run, with these records; keys that it has are changed. */
export async function aFilledSource(
  db: Db,
  owner: Actor,
  rows: readonly Row[],
  name = "Filled",
): Promise<{ sourceId: string }> {
  const credentialId = await addCredential(db, owner, aCredential({ name }));
  const sourceId = await addEndpoint(db, owner, {
    ...{ direction: "source", connector: "bitbucket-server", credentialId, name, description: "" },
    settings: { stream: "commits", parameters: {}, scope: { kind: "everything" } },
    schedule: { kind: "manual" },
  });
  await fillSource(db, sourceId, rows);
  return { sourceId };
}

/** A record by its key, with its columns. */
export type Row = { readonly key: string; readonly data: JsonObject };

/** Stores records of a source as a page of a run would. */
export async function fillSource(db: Db, sourceId: string, rows: readonly Row[]): Promise<void> {
  await db.insert(datasets).values({ endpointId: sourceId }).onConflictDoNothing();
  for (let at = 0; at < rows.length; at += 1000) {
    const records = rows.slice(at, at + 1000).map((row) => ({ ...row, group: null, parent: null }));
    const [runId, passId] = [randomUUID(), randomUUID()];
    await db.transaction((tx) =>
      storePage(tx, { endpointId: sourceId, runId, passId, records, trackSeen: false }),
    );
  }
}

/** A received file with these rows. */
export async function anUpload(db: Db, owner: Actor, rows: readonly JsonObject[]): Promise<string> {
  const id = randomUUID();
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => ({ name, type: "text" as const }));
  const count = { bytes: rows.length, records: rows.length, completedAt: new Date() };
  await db
    .insert(uploads)
    .values({ id, ownerId: owner.userId, name: "rows.ndjson", format: "ndjson", columns, ...count });
  const numbered = rows.map((data, at) => ({ uploadId: id, number: at + 1, line: at + 1, data }));
  for (let at = 0; at < rows.length; at += 1000) {
    await db.insert(uploadRows).values(numbered.slice(at, at + 1000));
  }
  return id;
}

/** Asks for runs of a destination, and does each to its end; returns its row. */
export function deliveryRunner(db: Db, owner: Actor, destinationId: string) {
  return async (wanted: WantedDelivery) => {
    const { runId } = await requestDelivery(db, owner, destinationId, wanted);
    return untilEnded(anEngineFor(db, runWorks), runId);
  };
}

/** A run's records in their order: key and result. */
export async function resultsOf(db: Db, runId: string): Promise<string[]> {
  const rows = await db
    .select({ key: deliveries.key, state: deliveries.state })
    .from(deliveries)
    .where(eq(deliveries.runId, runId))
    .orderBy(asc(deliveries.number));
  return rows.map(({ key, state }) => `${key} ${state}`);
}
