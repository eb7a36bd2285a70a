import { expect, it, vi } from "vitest";
import { auditEvents } from "@/drizzle/schema";
import { openSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { somebody } from "@/lib/testing/actors";
import { aCredential, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { addCredentialAction } from "./actions";
import { addCredential } from "./mutations";

// Stand-ins for Next's request and for the server; all else is the portal's own code.
const { jar, network } = vi.hoisted(() => ({
  jar: new Map<string, string>(),
  network: { meanwhile: async (): Promise<unknown> => undefined },
}));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: env().APP_ORIGIN }),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
vi.mock("@/lib/connectors/bitbucket-server/check", () => ({
  checkCredential: async () => {
    await network.meanwhile();
    return verified;
  },
}));

// Where `database()` looks for the process's one database.
const holder: typeof globalThis & { latchkeyDatabase?: Promise<Db> } = globalThis;

it("a sign-in that the server accepted and that could not be stored is in the log", () =>
  withRollback(async (db) => {
    holder.latchkeyDatabase = Promise.resolve(db);
    const actor = await somebody(db);
    const { writeSessionCookie } = await import("@/lib/auth/session-cookie");
    await writeSessionCookie(await openSession(db, actor.userId));
    // Saved in another tab, while the server is asked for this one.
    network.meanwhile = () => addCredential(db, actor, aCredential({ name: "Twice" }));
    const form = new FormData();
    const typed = { name: "Twice", baseUrl: "https://bitbucket.example.com", username: "kim", password: "p" };
    for (const [name, value] of Object.entries({ ...typed, description: "" })) form.set(name, value);
    expect(await addCredentialAction(null, form)).toMatchObject({ ok: false, error: { code: "CONFLICT" } });
    const events = await db
      .select({ event: auditEvents.event, details: auditEvents.details })
      .from(auditEvents)
      .orderBy(auditEvents.id);
    expect(events).toMatchObject([
      { event: "credential.added" },
      {
        event: "credential.refused",
        details: { baseUrl: "https://bitbucket.example.com", reason: "not-stored" },
      },
    ]);
  }));
