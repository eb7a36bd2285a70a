import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { notices, passwordResets } from "@/drizzle/schema";
import { forgetOldNotices } from "@/lib/notices/retention";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { makeReset } from "./mutations";
import { forgetOldResets } from "./retention";

it("links and notices are forgotten after a year, and none before", () =>
  withRollback(async (db) => {
    const [administrator, user] = [await somebody(db, "administrator"), await somebody(db)];
    for (const daysAgo of [366, 366, 364]) {
      const then = sql`now() - ${daysAgo} * interval '1 day'`;
      await makeReset(db, administrator, user.userId);
      await db.update(passwordResets).set({ madeAt: then }).where(sql`${passwordResets.revokedAt} is null`);
      await db
        .update(notices)
        .set({ createdAt: then })
        .where(sql`${notices.createdAt} > now() - interval '1 day'`);
    }
    for (const [table, forget] of [
      [passwordResets, forgetOldResets],
      [notices, forgetOldNotices],
    ] as const) {
      expect(await forget(db, 1)).toBe(1);
      expect(await forget(db, 10)).toBe(1);
      expect(await forget(db, 10)).toBe(0);
      expect(await db.$count(table)).toBe(1);
    }
  }));
