import { accessInWords } from "@/lib/connectors/bitbucket-server/access-in-words";
import type { CheckedAccess, CheckedAccount, WarningCode } from "@/lib/connectors/types";

type Found = {
  readonly account: Pick<CheckedAccount, "name" | "displayName"> | null;
  readonly serverVersion: string | null;
  readonly access: CheckedAccess | null;
  readonly warnings: readonly WarningCode[];
};

/** As whom a check signed in, where, and with which rights. */
export function signedInInWords({ account, serverVersion, access, warnings }: Found): string {
  const who = account?.name
    ? `Signed in as ${account.displayName ?? account.name} (${account.name})`
    : "Signed in with an API key whose account the server does not name";
  // The warning says the same, and what to do.
  const rights = warnings.includes("NOTHING_READABLE") ? "" : ` ${accessInWords(access)}`;
  return `${who} on Bitbucket${serverVersion ? ` ${serverVersion}` : ""}.${rights}`;
}
