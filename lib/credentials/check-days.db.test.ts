import { expect, it } from "vitest";
import { checks, type Verdict } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { checkDaysShown, listCheckDays } from "./check-days";
import { addCredential } from "./mutations";

const now = new Date("2026-03-30T10:00:00Z");
const record = { access: null, warnings: [], steps: [], details: null };

async function checked(db: Db, credentialId: string, at: string, verdict: Verdict, secretVersion = 1) {
  await db.insert(checks).values({ credentialId, secretVersion, verdict, record, checkedAt: new Date(at) });
}

it("the worst check of each day stands for it, in the zone asked for, over all secrets, and for who sees the credential", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const credentialId = await addCredential(db, owner, aCredential({ outcome: null }));
    await checked(db, credentialId, "2026-03-30T08:00:00Z", "verified");
    await checked(db, credentialId, "2026-03-29T12:00:00Z", "verified");
    await checked(db, credentialId, "2026-03-29T13:00:00Z", "rejected", 2);
    await checked(db, credentialId, "2026-03-28T23:30:00Z", "nothing");
    await checked(db, credentialId, "2026-03-01T00:10:00Z", "restricted");
    await checked(db, credentialId, "2026-02-28T23:50:00Z", "locked");

    const of = async (zone: string, actor = owner, id = credentialId) => {
      const days = await listCheckDays(db, actor, id, { zone, now });
      expect(days).toHaveLength(checkDaysShown);
      expect(new Set(days.map(({ day }) => day)).size).toBe(checkDaysShown);
      return days.filter(({ count }) => count > 0);
    };
    expect(await of("UTC")).toEqual([
      { day: "2026-03-01", worst: "restricted", count: 1 },
      { day: "2026-03-28", worst: "nothing", count: 1 },
      { day: "2026-03-29", worst: "rejected", count: 2 },
      { day: "2026-03-30", worst: "verified", count: 1 },
    ]);
    // Prague's clocks go forward on the 29th.
    expect(await of("Europe/Prague")).toEqual([
      { day: "2026-03-01", worst: "locked", count: 2 },
      { day: "2026-03-29", worst: "rejected", count: 3 },
      { day: "2026-03-30", worst: "verified", count: 1 },
    ]);
    expect(await of("UTC", await somebody(db))).toEqual([]);
    expect(await of("UTC", owner, "not-an-id")).toEqual([]);
  }));
