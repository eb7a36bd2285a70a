import "server-only";
import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import type { Actor, Visitor } from "@/lib/actor";
import type { Db, Tx } from "@/lib/db/types";
import type { AuditEvent } from "./events";
import { recordEvent } from "./record";
import { type Told, tellSubscribers } from "./subscribers";

// At least one, in the order of the log.
type Events = readonly [AuditEvent, ...AuditEvent[]] | readonly [...AuditEvent[], AuditEvent];

// Not exported, so that no other file can construct a change.
const outcome = Symbol("outcome");

/** The result of a change; made only by `changed`, which requires its event, and by `unchanged`. */
export type Change<Result> = {
  readonly result: Result;
  readonly [outcome]: { readonly kind: "changed"; readonly events: Events } | { readonly kind: "unchanged" };
};

/**
 * A change and its event or events. Pass the event as a literal: then the compiler refuses fields that the event does
 * not declare, which it would not do for an object that a callback returns.
 */
export function changed(event: AuditEvent | Events): Change<undefined>;
/** A change with a result for the caller. */
export function changed<Result>(event: AuditEvent | Events, result: Result): Change<Result>;
/** The implementation of both overloads. */
export function changed(event: AuditEvent | Events, result?: unknown): Change<unknown> {
  return { result, [outcome]: { kind: "changed", events: "event" in event ? [event] : event } };
}

/** Nothing had to change; the transaction is rolled back. */
export function unchanged(): Change<undefined>;
/** Nothing had to change, with a result for the caller. */
export function unchanged<Result>(result: Result): Change<Result>;
/** The implementation of both overloads. */
export function unchanged(result?: unknown): Change<unknown> {
  return { result, [outcome]: { kind: "unchanged" } };
}

/**
 * The way to write: runs `work` in a transaction, records the events that it returns as the last statement, and
 * resolves to its result. All or nothing: if `work` throws or an event cannot be written, nothing changes. `who` is a
 * visitor before a sign-in. Subscribers are called after the commit.
 */
export async function changeWith<Result>(
  db: Db,
  who: Actor | Visitor,
  work: (tx: Tx) => Promise<Change<Result>>,
): Promise<Result> {
  const undone = new Error("nothing changed");
  const changes: Change<Result>[] = [];
  try {
    return await bookkeep(db, async (tx) => {
      const change = await work(tx);
      changes.push(change);
      const came = change[outcome];
      if (came.kind === "unchanged") throw undone;
      return { result: change.result, told: came.events.map((event) => ({ who, event })) };
    });
  } catch (error) {
    const [change] = changes;
    if (error === undone && change) return change.result;
    throw error;
  }
}

/** Records an event without any other write: a secret was used, or an attempt was made. */
export async function recordAlone(db: Db, who: Actor | Visitor, event: AuditEvent): Promise<void> {
  await changeWith(db, who, async () => changed(event));
}

/** A write to the portal's own records, with its events, if any. */
export type Bookkeeping<Result> = { readonly result: Result; readonly told: readonly Told[] };

/**
 * Writes the portal's own records, such as leases and counters: like `changeWith`, but events are optional, and each
 * names its own actor. Not for what users change.
 */
export async function bookkeep<Result>(
  db: Db,
  work: (tx: Tx) => Promise<Bookkeeping<Result>>,
): Promise<Result> {
  const { result, told } = await db.transaction(async (tx) => {
    const done = await work(tx);
    // Last, because all other writers of events wait from here until the commit.
    for (const { who, event } of done.told) await recordEvent(tx, who, event);
    return done;
  });
  // Within another transaction nothing is committed yet, and it may still be rolled back.
  if (!is(db, PgTransaction)) await tellSubscribers(told);
  return result;
}
