import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, expect, it, vi } from "vitest";
import { users } from "@/drizzle/schema";
import { addAccount } from "@/lib/testing/actors";
import { ownDatabase } from "@/lib/testing/database";
import { signIn } from "./mutations";
import { nobodysHash } from "./passwords";

// The real hashing, watched: how often it is done, and with which parameters.
const { hashed } = vi.hoisted(() => ({ hashed: [] as string[] }));
vi.mock("@node-rs/argon2", async (importOriginal) => {
  const real = await importOriginal<typeof import("@node-rs/argon2")>();
  return {
    ...real,
    verify: (known: string, text: string) => {
      hashed.push(known.slice(0, known.lastIndexOf("$", known.lastIndexOf("$") - 1)));
      return real.verify(known, text);
    },
  };
});

beforeEach(() => {
  hashed.length = 0;
});

const spellings = [
  ["in ASCII", "not the password", 1],
  ["with an accent", "not the p\u00e1ssword", 2],
  ["of mixed spellings", "not the pa\u0301ssw\u00f6rd", 3],
] as const;

it.each(spellings)(
  "37 a wrong password %s costs known, unknown and disabled accounts the same answer, hashes and statements",
  async (_what, password, hashes) => {
    await nobodysHash();
    const statements: string[] = [];
    const db = await ownDatabase({ logQuery: (query) => statements.push(query) });
    const account = () => ({
      name: "Robin",
      email: `${randomUUID()}@example.com`,
      password: "the right password",
    });
    const [known, disabled] = [account(), account()];
    await addAccount(db, known);
    const disabledId = await addAccount(db, disabled);
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabledId));
    const traces = [];
    for (const { email } of [known, account(), disabled, account(), known]) {
      statements.length = 0;
      hashed.length = 0;
      const visitor = { requestId: randomUUID(), origin: { via: "web", address: "10.3.0.1" } as const };
      const outcome = await signIn(db, visitor, { email, password });
      traces.push({ outcome, hashes: [...hashed], statements: [...statements] });
    }
    expect(traces[0]?.outcome).toEqual({ ok: false, reason: "not-accepted" });
    expect(traces[0]?.hashes).toHaveLength(hashes);
    for (const trace of traces) expect(trace).toEqual(traces[0]);
  },
);

it("37 the right password of a disabled account is answered like a wrong one", async () => {
  const db = await ownDatabase();
  const account = { name: "Robin", email: `${randomUUID()}@example.com`, password: "the right password" };
  await addAccount(db, account);
  await db.update(users).set({ disabledAt: new Date() }).where(eq(users.email, account.email));
  const visitor = { requestId: randomUUID(), origin: { via: "web", address: "10.3.0.2" } as const };
  expect(await signIn(db, visitor, account)).toEqual({ ok: false, reason: "not-accepted" });
  expect(hashed).toHaveLength(1);
});
