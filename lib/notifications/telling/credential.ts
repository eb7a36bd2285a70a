import "server-only";
import { and, desc, eq, inArray } from "drizzle-orm";
import { checks, credentials, servers, type Verdict } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { tell } from "./tell";

/** A check that has just been stored. */
type Checked = {
  readonly credentialId: string;
  readonly secretVersion: number;
  readonly verdict: Verdict;
};

/**
 * Tells that a server refused a secret. A secret that stays refused is told once: the key names the last check that
 * accepted it.
 */
export async function tellRefusedSecret(tx: Tx, checked: Checked): Promise<void> {
  const { credentialId, secretVersion, verdict } = checked;
  if (verdict !== "rejected" && verdict !== "locked") return;
  const [credential] = await tx
    .select({ name: credentials.name, server: servers.baseUrl })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .where(eq(credentials.id, credentialId));
  if (!credential) return;
  const since = (await lastAccepted(tx, checked)) ?? "never";
  await tell(tx, {
    eventKey: `credential:${credentialId}:${secretVersion}:${verdict}:${since}`,
    news: { kind: `credential-${verdict}`, ...credential },
    about: { credentialId },
  });
}

async function lastAccepted(tx: Tx, { credentialId, secretVersion }: Checked): Promise<string | null> {
  const [check] = await tx
    .select({ id: checks.id })
    .from(checks)
    .where(
      and(
        eq(checks.credentialId, credentialId),
        eq(checks.secretVersion, secretVersion),
        inArray(checks.verdict, ["verified", "restricted"]),
      ),
    )
    .orderBy(desc(checks.checkedAt), desc(checks.id))
    .limit(1);
  return check?.id ?? null;
}
