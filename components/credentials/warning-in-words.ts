import type { WarningCode } from "@/lib/connectors/types";
import { whomToAsk } from "@/lib/credentials/checks/whom-to-ask";
import { mayOnCredential } from "@/lib/credentials/policy";
import type { CredentialDetails } from "@/lib/credentials/types";

type Words = {
  readonly found: string;
  /** What to do, or how usual it is; without it, `found` is all there is to say. */
  readonly cure?: string;
  /** What users who may not change the credential ask for in place of the cure. */
  readonly ask?: string;
};

const words: Readonly<Record<WarningCode, Words>> = {
  NOTHING_READABLE: {
    found: "It sees no project and no repository",
    cure: "ask a project administrator for access",
  },
  ACCESS_NOT_COUNTED: { found: "The server did not say what it may read" },
  OTHER_ACCOUNT: {
    found: "The server names another account than the user name that was typed",
    cure: "check whose it is",
    ask: "check whose it is",
  },
  ACCOUNT_INACTIVE: { found: "The account is marked inactive" },
  ACCOUNT_UNNAMED: {
    found: "The server did not name the account",
    cure: "usual for keys of a project or repository",
  },
  ACCOUNT_NOT_A_PERSON: {
    found: "The account is that of a project's or repository's API key, and no person's",
  },
  BEHIND_FRONT: {
    found: "Something in front of Bitbucket turns visitors away; the credential is sent past it",
  },
  PLAIN_HTTP: { found: "The connection is not encrypted. The secret travels in clear" },
  CERTIFICATE_ENDS_SOON: { found: "The server's certificate ends soon" },
  SUPPORT_ENDED: {
    found: "Atlassian no longer supports the server's version",
    cure: "tell your Bitbucket administrator",
  },
  SUPPORT_ENDS_SOON: { found: "Atlassian's support for the server's version ends soon" },
  KEY_ENDED: {
    found: "The API key has reached its end",
    cure: "make a new one in Bitbucket",
    ask: "replace its secret",
  },
  KEY_ENDS_SOON: {
    found: "The API key ends soon",
    cure: "make a new one in Bitbucket in good time",
    ask: "replace its secret in good time",
  },
  PASSWORD_NOT_WANTED: {
    found: "Your portal's policy asks for an API key instead of a password",
    cure: "make one in Bitbucket and replace the secret",
    ask: "replace its secret",
  },
  KEY_LASTS_TOO_LONG: {
    found: "The API key lasts longer than your portal's policy allows",
    cure: "make one in Bitbucket that ends sooner",
    ask: "replace its secret",
  },
  KEY_END_NOT_KNOWN: {
    found: "The portal cannot see when this API key ends, and its policy asks for an end",
    cure: "enter the last day of the API key on the credential's page",
    ask: "enter the key's last day",
  },
};

/** A warning as a sentence. */
export function warningInWords(code: WarningCode): string {
  const { found, cure } = words[code];
  return cure === undefined ? `${found}.` : `${found}: ${cure}.`;
}

/** A stored credential's warning for its reader: users who may not change it are told whom to ask in place of the cure. */
export function warningFor(
  credential: Pick<CredentialDetails, "role" | "ownerName" | "isSuspended">,
  code: WarningCode,
): string {
  const { found, ask } = words[code];
  if (ask === undefined || mayOnCredential(credential.role, "edit")) return warningInWords(code);
  return `${found}: ask ${whomToAsk(credential)} to ${ask}.`;
}
