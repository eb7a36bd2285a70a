import { mayOnCredential } from "./policy";
import type { Unusable } from "./shown-status";
import type { CredentialTile } from "./types";

/** Why a credential cannot be chosen now, and what to do, in sentences for this reader. */
export function unusableInWords(
  unusable: Unusable,
  { role, ownerName }: Pick<CredentialTile, "role" | "ownerName">,
): string {
  const mayReplace = mayOnCredential(role, "replaceSecret");
  switch (unusable) {
    case "suspended":
      return "Its owner's account is disabled, so it cannot be used.";
    case "rejected":
      return mayReplace
        ? "The server refused it. Replace its secret, or choose another one."
        : `The server refused it. Ask ${ownerName} to replace its secret, or choose another one.`;
    case "locked":
      return "The server has locked its account. Sign in there in a browser, then check it again, or choose another one.";
    case "ended":
      return mayReplace
        ? "Its API key has ended. Replace its secret, or correct the day on its page."
        : `Its API key has ended. Ask ${ownerName} to replace its secret, or choose another one.`;
  }
}
