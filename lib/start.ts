import "server-only";
import { nobodysHash } from "@/lib/auth/passwords";
import { verifyKeys } from "@/lib/crypto/canary";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { egressPolicy } from "@/lib/portal-egress";
import { portalKeys } from "@/lib/portal-keys";

/** Thrown when the stored keys do not open with the configured ones; its message names key ids, never keys. */
class KeysRefusedError extends Error {
  override name = "KeysRefusedError";
}

/** Proves settings, keys and database before the first request; ends the process with the cause in plain words when one is wrong. */
export async function startPortal(): Promise<void> {
  try {
    env();
    egressPolicy();
    await nobodysHash();
    const { keyRing } = portalKeys();
    const verification = await verifyKeys(await database(), keyRing);
    if (!verification.ok) throw new KeysRefusedError(verification.problem.message);
    log().info({ origin: env().APP_ORIGIN, database: env().DATABASE_URL ? "server" : "embedded" }, "ready");
  } catch (error) {
    // Plain text, because at this point the reader is a person at a terminal, and the log may not exist yet.
    process.stderr.write(
      `\n${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n\n`,
    );
    process.exit(1);
  }
}
