import type { WarningCode } from "@/lib/connectors/types";

const words: Record<WarningCode, string> = {
  NOTHING_READABLE: "It sees no project and no repository: ask a project administrator for access.",
  ACCESS_NOT_COUNTED: "The server did not say what it may read.",
  OTHER_ACCOUNT: "The server names another account than the user name that was typed: check whose it is.",
  ACCOUNT_INACTIVE: "The account is marked inactive.",
  ACCOUNT_UNNAMED: "The server did not name the account: usual for keys of a project or repository.",
  ACCOUNT_NOT_A_PERSON: "The account is that of a project's or repository's API key, and no person's.",
  BEHIND_FRONT: "Something in front of Bitbucket turns visitors away; the credential is sent past it.",
  PLAIN_HTTP: "The connection is not encrypted. The secret travels in clear.",
  CERTIFICATE_ENDS_SOON: "The server's certificate ends soon.",
  SUPPORT_ENDED: "Atlassian no longer supports the server's version: tell your Bitbucket administrator.",
  SUPPORT_ENDS_SOON: "Atlassian's support for the server's version ends soon.",
  KEY_ENDED: "The API key has reached its end: make a new one in Bitbucket.",
  KEY_ENDS_SOON: "The API key ends soon: make a new one in Bitbucket in good time.",
  PASSWORD_NOT_WANTED:
    "Your portal's policy asks for an API key instead of a password: make one in Bitbucket and replace the secret.",
  KEY_LASTS_TOO_LONG:
    "The API key lasts longer than your portal's policy allows: make one in Bitbucket that ends sooner.",
  KEY_END_NOT_KNOWN:
    "The portal cannot see when this API key ends, and its policy asks for an end: enter the last day of the API key on the credential's page.",
};

/** A warning as a sentence. */
export function warningInWords(code: WarningCode): string {
  return words[code];
}
