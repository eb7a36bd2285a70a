import "server-only";
import { beginToKnowHead } from "@/lib/audit/known-head";
import { beginAuditLog, tellHead } from "@/lib/audit/watch";
import { nobodysHash } from "@/lib/auth/passwords";
import { openSetUpToken } from "@/lib/auth/set-up-token";
import { gateSignIns } from "@/lib/auth/sign-in-gate";
import { verifyKeys } from "@/lib/crypto/canary";
import { database } from "@/lib/db/client";
import { databaseFaultOf } from "@/lib/db/fault";
import type { Db } from "@/lib/db/types";
import { watchEveryAnswer } from "@/lib/http/every-answer";
import { egressPolicy } from "@/lib/portal/egress";
import { portalKeys } from "@/lib/portal/keys";
import { proxyNotice } from "@/lib/portal/proxy";
import { EnvironmentError, env } from "./env";
import { log } from "./log";

/** Thrown if the configured keys do not open the stored ones; its message names key ids, never keys. */
class KeysRefusedError extends Error {
  override name = "KeysRefusedError";
}

/** Thrown if the database server cannot be used at start-up; later outages do not end the process. */
class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

/**
 * Verifies settings, keys and database before the first request; ends the process with the cause in plain words if
 * one is wrong.
 */
export async function startPortal(): Promise<void> {
  try {
    // First, because requests arrive as soon as the port is open.
    watchEveryAnswer({ https: env().APP_ORIGIN.startsWith("https:") });
    gateSignIns();
    egressPolicy();
    // Beside the database: it takes a processor for some time.
    const hashed = nobodysHash();
    await proveKeys();
    await hashed;
    await printSetUpToken();
    tellOfProxy();
    warnOfUnknownProxy();
    log().info({ origin: env().APP_ORIGIN, database: env().DATABASE_URL ? "server" : "embedded" }, "ready");
  } catch (error) {
    endInPlainWords(error);
  }
}

// The portal itself does not speak https, so a proxy must be in front of it: without the setting, all users would
// share that proxy's address.
function warnOfUnknownProxy(): void {
  if (!env().APP_ORIGIN.startsWith("https:") || env().TRUSTED_PROXIES) return;
  log().warn(
    "TRUSTED_PROXIES is not set: all clients count as one address, the proxy's. Set it to 1 for one proxy in front.",
  );
}

// For the terminal only: its reader can create the first account.
async function printSetUpToken(): Promise<void> {
  const token = await openSetUpToken(await database());
  if (!token) return;
  process.stdout.write(
    `\nNobody has an account yet. Set-up token for the first one, at ${env().APP_ORIGIN}/sign-up:\n\n  Set-up token  ${token}\n\n`,
  );
}

/** The same for a process with background jobs only, which needs a database server to share the data. */
export async function startWorkerProcess(): Promise<void> {
  try {
    egressPolicy();
    if (!env().DATABASE_URL) {
      throw new EnvironmentError(
        "The worker cannot start:\n  DATABASE_URL must be set: the embedded database is for one process alone. Leave WORKER at inline, and the portal does the background jobs itself.",
      );
    }
    await proveKeys();
    tellOfProxy();
  } catch (error) {
    endInPlainWords(error);
  }
}

async function proveKeys(): Promise<void> {
  const verification = await verifyKeys(await reachDatabase(), portalKeys().keyRing);
  if (!verification.ok) throw new KeysRefusedError(verification.problem.message);
  beginToKnowHead();
  await beginAuditLog(await database());
  await tellHead(await database());
}

async function reachDatabase(): Promise<Db> {
  try {
    return await database();
  } catch (error) {
    if (databaseFaultOf(error) !== "unavailable") throw error;
    throw new DatabaseUnreachableError(
      `The database of DATABASE_URL does not answer (${codeOf(error)}). Start it, or correct DATABASE_URL.`,
    );
  }
}

// Without the message: it may repeat addresses and names.
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : codeOf(error.cause ?? "");
}

function tellOfProxy(): void {
  const { proxy } = egressPolicy();
  const notice = proxyNotice(env(), proxy);
  if (notice !== null) log()[proxy === undefined ? "warn" : "info"](notice);
}

function endInPlainWords(error: unknown): never {
  // Plain text, because the reader is an operator at a terminal, and the log may not exist yet.
  process.stderr.write(`\n${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n\n`);
  process.exit(1);
}
