import "server-only";
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { deliveries, records, runs, uploadRows } from "@/drizzle/schema";
import { findAction } from "@/lib/connectors/action-catalogues";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Place } from "@/lib/connectors/rehearsal";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { columnsOfMapping } from "@/lib/mapping/columns";
import { roughText } from "@/lib/mapping/field-value";
import type { FieldMapping, WritingSettings } from "@/lib/mapping/types";

/** Newest records, file rows and deliveries that are looked through; and distinct ones among them. */
const looked = 5_000;
const distinct = 500;

type Writing = {
  readonly id: string;
  readonly connector: ConnectorKind;
  readonly writing: WritingSettings;
  readonly inputSourceId: string | null;
  readonly inputUploadId: string | null;
};

/** The repositories, or projects, that a destination's records name or that its last run wrote to; each once. */
export async function placesOf(db: Db, destination: Writing): Promise<readonly Place[]> {
  const { writing } = destination;
  const fields = findAction(destination.connector, writing.action)?.fields ?? [];
  const repositoryField = fields.find(({ name }) => name === "repository");
  const needsRepository = repositoryField?.isRequired ?? false;
  const { project } = writing.mapping;
  const repository = repositoryField ? writing.mapping.repository : undefined;
  if (!fields.some(({ name }) => name === "project") || !project || (needsRepository && !repository))
    return [];
  const rows = await namingRows(db, destination, repository ? [project, repository] : [project]);
  const named = rows.map((data) => ({
    project: roughText(project, data).trim(),
    repository: repository ? roughText(repository, data).trim() : "",
  }));
  const written = await writtenPlaces(db, destination.id);
  const places = new Map<string, Place>();
  for (const one of [...named, ...written]) {
    if (one.project === "" || (needsRepository && one.repository === "")) continue;
    // The server compares both without case.
    const key = JSON.stringify([one.project, one.repository]).toLowerCase();
    // Without a repository, the action is one on the project.
    if (!places.has(key)) places.set(key, { ...one, repository: one.repository || null });
  }
  return [...places.values()];
}

/** The different values of the columns that name places; one row without values where only constants do. */
async function namingRows(
  db: Db,
  { inputSourceId, inputUploadId }: Writing,
  mapped: readonly FieldMapping[],
): Promise<readonly JsonObject[]> {
  const columns = [...new Set(mapped.flatMap(columnsOfMapping))];
  if (columns.length === 0) return [{}];
  if (inputSourceId) {
    const rows = db
      .select({ data: records.data })
      .from(records)
      .where(and(eq(records.endpointId, inputSourceId), isNull(records.deletedAt)))
      .orderBy(desc(records.seq))
      .limit(looked);
    return distinctOf(db, rows.getSQL(), columns);
  }
  if (!inputUploadId) return [];
  const rows = db
    .select({ data: uploadRows.data })
    .from(uploadRows)
    .where(eq(uploadRows.uploadId, inputUploadId))
    .orderBy(uploadRows.number)
    .limit(looked);
  return distinctOf(db, rows.getSQL(), columns);
}

async function distinctOf(db: Db, rows: SQL, columns: readonly string[]): Promise<readonly JsonObject[]> {
  const values = columns.flatMap((column) => [sql`${column}::text`, sql`data -> ${column}::text`]);
  const found = await rowsOf(
    db,
    sql`select distinct jsonb_build_object(${sql.join(values, sql`, `)}) as data from (${rows}) as looked_through(data)
      limit ${distinct}`,
  );
  // The statement makes objects alone.
  return found.map(({ data }) => data as JsonObject);
}

async function writtenPlaces(db: Db, endpointId: string) {
  const [last] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.endpointId, endpointId), eq(runs.kind, "write")))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(1);
  if (!last) return [];
  const rows = db
    .select({ data: deliveries.values })
    .from(deliveries)
    .where(eq(deliveries.runId, last.id))
    .orderBy(desc(deliveries.number))
    .limit(looked);
  const found = await distinctOf(db, rows.getSQL(), ["project", "repository"]);
  const textIn = (value: unknown) => (typeof value === "string" ? value.trim() : "");
  return found.map(({ project, repository }) => ({
    project: textIn(project),
    repository: textIn(repository),
  }));
}
