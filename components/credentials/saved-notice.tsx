import { News } from "@/components/ui/news";
import { accessInWords } from "@/lib/bitbucket/access-in-words";
import type { CredentialTile } from "@/lib/credentials/types";
import { warningInWords } from "./warning-in-words";

type Props = {
  credential: CredentialTile;
  /** The search parameter that told of it: what was saved is a credential, or the secret that replaced its old one. */
  parameter?: "saved" | "replaced";
};

/** What the check of what has just been saved found. */
export function SavedNotice({ credential, parameter = "saved" }: Props) {
  const { status, account, serverVersion, access, warnings } = credential;
  const what = parameter === "saved" ? `“${credential.name}”` : `The new secret of “${credential.name}”`;
  if (status === "unproven") {
    return (
      <News kind="info" title={`${what} is saved without a check`} parameter={parameter}>
        It stays unproven until the server answers.
      </News>
    );
  }
  const isVerified = status === "verified";
  return (
    <News
      kind={isVerified ? "good" : "warn"}
      title={`${what} is saved ${isVerified ? "and" : "but"} ${status}`}
      parameter={parameter}
    >
      <p>
        {account?.name
          ? `Signed in as ${account.displayName ?? account.name} (${account.name})`
          : "Signed in with an API key whose account the server does not name"}{" "}
        on Bitbucket{serverVersion && ` ${serverVersion}`}. {accessInWords(access)}
      </p>
      {warnings.map((code) => (
        <p key={code}>{warningInWords(code)}</p>
      ))}
    </News>
  );
}
