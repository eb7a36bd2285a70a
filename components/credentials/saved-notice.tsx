import { Notice } from "@/components/ui/notice";
import { ToastOnArrival } from "@/components/ui/toast-on-arrival";
import { accessInWords } from "@/lib/bitbucket/access-in-words";
import type { CredentialTile } from "@/lib/credentials/types";
import { warningInWords } from "./warning-in-words";

type Props = {
  credential: CredentialTile;
  /** The search parameter that told of it: what was saved is a credential, or the secret that replaced its old one. */
  parameter?: "saved" | "replaced";
};

/** What the check of what has just been saved found; also announced, since the page changed without a load. */
export function SavedNotice({ credential, parameter = "saved" }: Props) {
  const { status, account, serverVersion, access, warnings } = credential;
  const what = parameter === "saved" ? `“${credential.name}”` : `The new secret of “${credential.name}”`;
  const title = status === "unproven" ? `${what} is saved without a check` : `${what} is saved and ${status}`;
  return (
    <>
      <ToastOnArrival title={title} parameter={parameter} />
      {status === "unproven" ? (
        <Notice kind="info" title={title}>
          It stays unproven until the server answers.
        </Notice>
      ) : (
        <Notice kind={status === "verified" ? "good" : "warn"} title={title}>
          <p>
            {account?.name
              ? `Signed in as ${account.displayName ?? account.name} (${account.name})`
              : "Signed in with an API key whose account the server does not name"}{" "}
            on Bitbucket{serverVersion && ` ${serverVersion}`}. {accessInWords(access)}
          </p>
          {warnings.map((code) => (
            <p key={code}>{warningInWords(code)}</p>
          ))}
        </Notice>
      )}
    </>
  );
}
