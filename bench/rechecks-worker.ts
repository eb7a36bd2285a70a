import { and, eq, isNotNull, sql } from "drizzle-orm";
import { checkSchedules, checks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { recheckUntil } from "@/lib/credentials/recheck-worker";
import { openDatabase } from "@/lib/db/open";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { serveParent } from "./source-process";

let opened: Promise<Db> | undefined;
const database = () => {
  opened ??= openDatabase(env());
  return opened;
};
let stopping: AbortController | null = null;
let ended: Promise<void> = Promise.resolve();

const isLeft = sql`due_at <= clock_timestamp() + interval '1 hour'`;

serveParent({
  /** Adds so many credentials, each of an account of its own, on these servers in turn. */
  fill: async ({ origins, count }: { origins: readonly string[]; count: number }) => {
    const db = await database();
    const owner: Actor = await ownerOfCredentials(db);
    for (let at = 0; at < count; at += 1) {
      const baseUrl = baseUrlAt(origins[at % origins.length] ?? "");
      const password = Secret.of(`password ${at}`);
      const signIn = { scheme: "basic", username: `robin-${at}-of-many`, password } as const;
      await addCredential(db, owner, aCredential({ name: `Credential ${at}`, baseUrl, signIn }));
    }
  },
  /** Makes all due, and forgets which checks there were. */
  due: async () => {
    const db = await database();
    await db.delete(checks);
    await db.update(checkSchedules).set({ dueAt: sql`clock_timestamp() - interval '1 minute'` });
  },
  start: async () => {
    const db = await database();
    stopping = new AbortController();
    ended = recheckUntil(db, { signal: stopping.signal });
  },
  stop: async () => {
    stopping?.abort();
    await ended;
  },
  /** How many are still due or claimed, and how many checks found a sign-in that works. */
  state: async () => {
    const db = await database();
    const left = await db.$count(checkSchedules, and(isNotNull(checkSchedules.dueAt), isLeft));
    return { left, verified: await db.$count(checks, eq(checks.verdict, "verified")) };
  },
  cpu: async () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
});
