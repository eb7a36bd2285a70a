import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents } from "@/drizzle/schema";
import { recordEvent } from "@/lib/audit/record";
import { withRollback } from "@/lib/db/testing";

describe("the audit log", () => {
  it.each([
    ["UPDATE", sql`update audit_events set event = 'nothing.happened'`],
    ["DELETE", sql`delete from audit_events`],
    ["TRUNCATE", sql`truncate audit_events`],
  ])("refuses %s", (_kind, statement) =>
    withRollback(async (db) => {
      await db.transaction((tx) =>
        recordEvent(
          tx,
          { requestId: randomUUID() },
          { event: "user.sign-in-failed", subjectId: null, details: { reason: "not-accepted" } },
        ),
      );
      const change = db.transaction((tx) => tx.execute(statement));
      await expect(change).rejects.toMatchObject({
        cause: { message: expect.stringContaining("cannot be changed") },
      });
      expect(await db.$count(auditEvents)).toBe(1);
    }),
  );
});
