import { redirect } from "next/navigation";
import { unusableAs } from "@/lib/credentials/shown-status";
import type { CredentialTile } from "@/lib/credentials/types";
import { withCredential } from "@/lib/paths";

/**
 * Back to the tiles, which say the cure, with a credential that nobody can sign in with now. Only for the step right
 * after the tiles: where more is chosen already, that step itself says what failed. Suspension has a notice there.
 */
export function sendBackUnusable(credential: CredentialTile, authenticate: string): void {
  const unusable = unusableAs(credential, new Date().toISOString());
  if (unusable === null || unusable === "suspended") return;
  redirect(`${withCredential(authenticate, credential.id)}&refused=1`);
}
