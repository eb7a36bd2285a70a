import "server-only";
import { and, eq, gte, inArray, lt, or, type SQL } from "drizzle-orm";
import { auditEvents } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { inOrder, isFrom, type Page, type PageStart, readPage } from "@/lib/paging";
import { eventLabels, isEventKind, resultOf } from "./kinds";
import { findThings, findUsersByText, namesOf, type Seen } from "./names";
import { sentenceOf } from "./sentences";
import type { EventFilter, EventItem } from "./types";

const shown = {
  id: auditEvents.id,
  at: auditEvents.at,
  actorId: auditEvents.actorId,
  via: auditEvents.via,
  sessionId: auditEvents.sessionId,
  address: auditEvents.address,
  event: auditEvents.event,
  subjectId: auditEvents.subjectId,
  credentialId: auditEvents.credentialId,
  details: auditEvents.details,
  requestId: auditEvents.requestId,
};

const eventsPerPage = 50;

type ShownRow = Awaited<ReturnType<typeof selectEvents>>[number];

/** Rows of the log next to `start`, the nearest first; each condition of a filter can use an index. */
export function selectEvents(db: Db, where: SQL | undefined, start: PageStart | null, limit: number) {
  const key = [auditEvents.at, auditEvents.id] as const;
  return db
    .select(shown)
    .from(auditEvents)
    .where(and(where, isFrom(start, ...key)))
    .orderBy(...inOrder(start, ...key))
    .limit(limit);
}

/** One page of the rows that fulfil a condition, newest first. */
export function pageOfEvents(
  db: Db,
  where: SQL | undefined,
  start: PageStart | null,
): Promise<Page<ShownRow>> {
  const read = (from: PageStart | null, limit: number) => selectEvents(db, where, from, limit);
  return readPage({ start, size: eventsPerPage, read, keyOf: ({ at }) => at }, (row: ShownRow) => row);
}

/** A filter as a condition; undefined if it excludes nothing. Matches current names. */
export async function conditionOf(db: Db, filter: EventFilter): Promise<SQL | undefined> {
  const people = filter.person === null ? null : await findUsersByText(db, filter.person);
  const things = filter.thing === null ? null : await findThings(db, filter.thing);
  return and(
    people ? inArray(auditEvents.actorId, people) : undefined,
    things
      ? or(inArray(auditEvents.subjectId, things), inArray(auditEvents.credentialId, things))
      : undefined,
    filter.kind ? eq(auditEvents.event, filter.kind) : undefined,
    filter.from ? gte(auditEvents.at, filter.from) : undefined,
    filter.until ? lt(auditEvents.at, filter.until) : undefined,
  );
}

/** Rows as they are shown, with the current names of their users and items, as far as visible. */
export async function itemsOf(db: Db, rows: readonly ShownRow[], seen?: Seen): Promise<EventItem[]> {
  const names = await namesOf(db, rows.flatMap(idsIn), seen);
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? null });
  return rows.map((row) => {
    const details = detailsOf(row);
    const lines = Object.entries(details)
      // The subject already shows it, unless its name has changed since.
      .filter(([name, value]) => name !== "name" || value !== names.get(row.subjectId ?? ""))
      .flatMap(([name, value]) => lineOf(name, value, names));
    return {
      sequence: row.id,
      at: row.at.toISOString(),
      event: row.event,
      // An event of a newer version has no label in this one.
      label: isEventKind(row.event) ? eventLabels[row.event] : row.event,
      result: resultOf(row.event, details),
      person: named(row.actorId),
      thing: named(row.subjectId),
      credentialId: row.credentialId,
      sentence:
        sentenceOf(row.event, details, (id) => names.get(id)) ??
        lines.flatMap(({ label, text }) => [`${label}: `, { quoted: text }, ". "]),
      details: lines,
      via: row.via,
      address: row.address,
      sessionId: row.sessionId,
      requestId: row.requestId,
    };
  });
}

// Only recordEvent writes the column: an object of named fields.
function detailsOf({ details }: ShownRow): Record<string, unknown> {
  return details as Record<string, unknown>;
}

function idsIn(row: ShownRow): string[] {
  const inDetails = Object.entries(detailsOf(row)).map(([name, value]) => (isId(name) ? value : null));
  return [row.actorId, row.subjectId, ...inDetails].filter((id): id is string => typeof id === "string");
}

function isId(name: string): boolean {
  return name.endsWith("Id");
}

function lineOf(name: string, value: unknown, names: ReadonlyMap<string, string>) {
  const text = textOf(value);
  if (text === "") return [];
  const label = name
    .replace(/Id$/, "")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\burl\b/, "URL");
  return [{ label, text: (isId(name) && names.get(text)) || text }];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.map(textOf).join(", ") : String(value);
}
