import { whomToAsk } from "./checks/whom-to-ask";
import { mayOnCredential } from "./policy";
import type { Unusable } from "./shown-status";
import type { CredentialTile } from "./types";

/** Why a credential cannot be chosen now, and what to do, in sentences for this reader. */
export function unusableInWords(
  unusable: Unusable,
  { role, ownerName }: Pick<CredentialTile, "role" | "ownerName">,
): string {
  if (unusable === "suspended") return "Its owner's account is disabled, so it cannot be used.";
  const mayReplace = mayOnCredential(role, "replaceSecret");
  const isLocked = unusable === "locked";
  const own = isLocked ? "Sign in there in a browser, then check it again" : "Replace its secret";
  const asked = isLocked ? "sign in there in a browser and check it again" : "replace its secret";
  const whom = whomToAsk({ ownerName, isSuspended: false });
  const other = unusable === "ended" && mayReplace ? "correct the day on its page" : "choose another one";
  return `${found[unusable]} ${mayReplace ? own : `Ask ${whom} to ${asked}`}, or ${other}.`;
}

const found = {
  rejected: "The server refused it.",
  locked: "The server has locked its account.",
  ended: "Its API key has ended.",
};
