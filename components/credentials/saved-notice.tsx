import { Notice } from "@/components/ui/notice";
import { ToastOnArrival } from "@/components/ui/toast-on-arrival";
import type { CredentialTile } from "@/lib/credentials/types";
import { accessInWords } from "./access-in-words";
import { warningInWords } from "./warning-in-words";

/** What the check of a credential that has just been saved found; also announced, since the page changed without a load. */
export function SavedNotice({ credential }: { credential: CredentialTile }) {
  const { status, account, serverVersion, access, warnings } = credential;
  const title =
    status === "unproven"
      ? `“${credential.name}” is saved without a check`
      : `“${credential.name}” is saved and ${status}`;
  return (
    <>
      <ToastOnArrival title={title} parameter="saved" />
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
