import { eq } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { calendars, credentials, users } from "@/drizzle/schema";
import { findCalendarActor } from "@/lib/auth/calendar-actor";
import { addCredential } from "@/lib/credentials/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { makeCalendar, revokeCalendar } from "./mutations";
import { findCalendar, listEndings } from "./queries";

vi.mock("next/headers", () => ({ headers: async () => new Headers() }));

it("an address gives its user's endings until it is replaced, ended, or the user is disabled", () =>
  withRollback(async (db) => {
    const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
    const id = await addCredential(db, owner, aCredential());
    const keyExpiresOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await db.update(credentials).set({ keyExpiresOn }).where(eq(credentials.id, id));
    expect(await findCalendar(db, owner)).toBeNull();

    const first = await makeCalendar(db, owner);
    const reader = await findCalendarActor(db, first);
    expect(reader?.userId).toBe(owner.userId);
    const [ending, ...rest] = reader ? await listEndings(db, reader, new Date()) : [];
    expect(ending).toMatchObject({ kind: "key", id });
    expect(rest).toEqual([]);
    expect(await listEndings(db, other, new Date())).toEqual([]);
    const read = (await findCalendar(db, owner))?.readAt;
    expect(read).not.toBeNull();
    await findCalendarActor(db, first);
    expect((await findCalendar(db, owner))?.readAt).toBe(read);

    const second = await makeCalendar(db, owner);
    expect(await findCalendarActor(db, first)).toBeNull();
    expect((await findCalendar(db, owner))?.readAt).toBeNull();
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, owner.userId));
    expect(await findCalendarActor(db, second)).toBeNull();
    await db.update(users).set({ disabledAt: null }).where(eq(users.id, owner.userId));
    expect((await findCalendarActor(db, second))?.userId).toBe(owner.userId);

    await revokeCalendar(db, other);
    expect(await findCalendar(db, owner)).not.toBeNull();
    await revokeCalendar(db, owner);
    await revokeCalendar(db, owner);
    expect(await findCalendarActor(db, second)).toBeNull();
    expect(await findCalendar(db, owner)).toBeNull();
    expect(JSON.stringify(await db.select().from(calendars))).not.toContain(second);
  }));
