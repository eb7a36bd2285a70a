import { FlashMessage } from "@/components/ui/flash-message";
import { Notice } from "@/components/ui/notice";
import { accessInWords } from "@/lib/connectors/bitbucket-server/access-in-words";
import type { CredentialTile } from "@/lib/credentials/types";
import { warningInWords } from "./warning-in-words";

type Props = {
  credential: CredentialTile;
  /** The search parameter that brought the message: a saved credential, or a replaced secret. */
  parameter?: "saved" | "replaced";
  /** False if the page lists the warnings elsewhere. */
  withWarnings?: boolean;
};

/** The check result after a save: that the credential works, and separately the warnings. */
export function SavedNotice({ credential, parameter = "saved", withWarnings = true }: Props) {
  const { status, account, serverVersion, access, warnings } = credential;
  const what = parameter === "saved" ? `“${credential.name}”` : `The new secret of “${credential.name}”`;
  if (status === "unproven") {
    return (
      <FlashMessage kind="info" title={`${what} is saved without a check`} parameter={parameter}>
        It stays unproven until the server answers.
      </FlashMessage>
    );
  }
  const isVerified = status === "verified";
  return (
    <div className="flex flex-col gap-3">
      <FlashMessage
        kind={isVerified ? "good" : "warn"}
        title={`${what} is saved ${isVerified ? "and" : "but"} ${status}`}
        parameter={parameter}
      >
        <p>
          {account?.name
            ? `Signed in as ${account.displayName ?? account.name} (${account.name})`
            : "Signed in with an API key whose account the server does not name"}{" "}
          on Bitbucket{serverVersion && ` ${serverVersion}`}.{" "}
          {/* The warning below says the same, and what to do. */}
          {!warnings.includes("NOTHING_READABLE") && accessInWords(access)}
        </p>
      </FlashMessage>
      {withWarnings && warnings.length > 0 && (
        <Notice kind="warn" title={warnings.length === 1 ? "One warning" : `${warnings.length} warnings`}>
          <ul className="flex flex-col gap-1.5">
            {warnings.map((code) => (
              <li key={code}>{warningInWords(code)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

/** What was just done to a credential; also the name of the search parameter. */
export type CredentialFlashKind = "saved" | "edited" | "replaced";

type CredentialFlashProps = { flash: CredentialFlashKind; credential: CredentialTile };

/** Flash message on a credential's page after a change. */
export function CredentialFlash({ flash, credential }: CredentialFlashProps) {
  if (flash !== "edited") {
    return <SavedNotice credential={credential} parameter={flash} withWarnings={false} />;
  }
  return <FlashMessage title={`“${credential.name}” is saved`} parameter="edited" />;
}

/** Says that nobody can use the credential because its owner's account is disabled, and who can change that. */
export function SuspendedNotice({
  credential,
}: {
  credential: Pick<CredentialTile, "isSuspended" | "ownerName">;
}) {
  if (!credential.isSuspended) return null;
  return (
    <Notice kind="warn" title="This credential is suspended">
      <p>
        The account of its owner, <bdi>{credential.ownerName}</bdi>, is disabled. Nobody signs in with it, and
        the sources and destinations that use it do not run, until a portal administrator enables the account
        again.
      </p>
    </Notice>
  );
}
