import { Notice } from "@/components/ui/notice";
import type { CredentialTile } from "@/lib/credentials/types";
import { accessInWords } from "./access-in-words";
import { warningInWords } from "./warning-in-words";

/** What the check of a credential that has just been saved found. */
export function SavedNotice({ credential }: { credential: CredentialTile }) {
  if (credential.status === "unproven") {
    return (
      <Notice kind="info" title={`“${credential.name}” is saved without a check`}>
        It stays unproven until the server answers.
      </Notice>
    );
  }
  const { account, serverVersion, access, warnings } = credential;
  const who = account?.name
    ? `Signed in as ${account.displayName ?? account.name} (${account.name})`
    : "Signed in with an API key whose account the server does not name";
  return (
    <Notice
      kind={warnings.includes("NOTHING_READABLE") ? "warn" : "good"}
      title={`“${credential.name}” is saved and ${credential.status}`}
    >
      <p>
        {who} on Bitbucket {serverVersion}. {accessInWords(access)}
      </p>
      {warnings.map((code) => (
        <p key={code}>{warningInWords(code)}</p>
      ))}
    </Notice>
  );
}
