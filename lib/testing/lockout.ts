import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach } from "vitest";
import { lockoutStates } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckOutcome, FailedOutcome, FailureReason } from "@/lib/connectors/types";
import { protectedAccountOf, protectedSecretOf } from "@/lib/credentials/lockout/account";
import type { Attempt } from "@/lib/credentials/lockout/protection";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "./base-url";
import { ownerOfCredentials, verified } from "./credentials";
import { ownDatabaseOfTwo } from "./database";

const steps = [{ name: "address", state: "passed", durationMs: 0 }] as const;
export const failed = (reason: FailureReason, more: Partial<FailedOutcome> = {}): FailedOutcome => ({
  kind: "failed",
  step: "signedIn",
  reason,
  steps,
  ...more,
});
const avatar = { mediaType: "image/png", image: Uint8Array.of(0x89, 0x50, 0, 255) } as const;
export const found: CheckOutcome = { ...verified, avatar, steps };
// Leases are neither renewed, because tests kill their holders, nor run out by themselves, however slow the machine is.
export const quick = { leaseMs: 600_000, renewMs: 1_000_000, waitMs: 50_000, pollMs: 10 };

export let processes: [Db, Db];

let baseUrl: BaseUrl;

/** For database tests: two processes on one database, and for each test a server that lock-out protection does not know. */
export function protectInTwoProcesses(): void {
  beforeAll(async () => {
    processes = await ownDatabaseOfTwo();
  });
  beforeEach(() => {
    baseUrl = baseUrlAt(`https://${randomUUID()}.example.com`);
  });
}

export function targetOf(password: string, username = "jcitizen") {
  return { baseUrl, signIn: { scheme: "basic", username, password: Secret.of(password) } as const };
}

export function attemptWith(password: string, changes: Partial<Attempt> = {}): Attempt {
  const target = targetOf(password);
  return {
    protectedAccount: protectedAccountOf(target),
    secret: protectedSecretOf(target),
    override: null,
    refusedBefore: null,
    credentialId: null,
    ...changes,
  };
}

/** A slow server that counts its parallel requests. */
export function slowServer(outcome: CheckOutcome = found, takesMs = 60) {
  const counts = { requested: 0, atOnce: 0, mostAtOnce: 0 };
  const send = async () => {
    counts.requested += 1;
    counts.atOnce += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, counts.atOnce);
    await sleep(takesMs);
    counts.atOnce -= 1;
    return outcome;
  };
  return { counts, send };
}

/** A server that answers when the test tells it to. */
export function heldServer(outcome: CheckOutcome) {
  const line = new EventEmitter();
  const [requested, told] = [once(line, "asked"), once(line, "told")];
  const send = async () => {
    line.emit("asked");
    await told;
    return outcome;
  };
  return { requested, answer: () => line.emit("told"), send };
}

export async function twoProcesses(body: (one: Db, two: Db, actor: Actor) => Promise<void>): Promise<void> {
  const [one, two] = processes;
  await body(one, two, await ownerOfCredentials(one));
}

export const rowOf = (db: Db) =>
  db.select().from(lockoutStates).where(eq(lockoutStates.baseUrl, baseUrl.href));
export const endLease = (db: Db) =>
  db
    .update(lockoutStates)
    .set({ leaseUntil: sql`clock_timestamp()` })
    .where(eq(lockoutStates.baseUrl, baseUrl.href));
