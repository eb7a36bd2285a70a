import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { mayWrite, requireRoom } from "./disk-room";

describe("what a full disk keeps back", () => {
  it.each([
    'insert into "users" ("id") values ($1)',
    'update "sessions" set "seen_at" = $1',
    'with "head" as (select 1) insert into "audit_events" select 1',
    "WITH next AS (SELECT id FROM jobs.job FOR UPDATE SKIP LOCKED) UPDATE jobs.job SET state = 'active'",
    "delete from x",
    "create table x (y int)",
    "TRUNCATE x",
  ])("%s", (text) => expect(mayWrite(text)).toBe(true));

  it.each([
    "select 1",
    'select "updated_at", "deleted" from "created" where "insert_at" > $1',
    'select "id" from "users" for update',
    'select "id" from "users" for no key update skip locked',
    "begin",
    "rollback",
    "select pg_advisory_xact_lock($1)",
  ])("not: %s", (text) => expect(mayWrite(text)).toBe(false));

  it("a disk with room lets everything through", () => {
    expect(() => requireRoom(tmpdir())).not.toThrow();
  });
});
