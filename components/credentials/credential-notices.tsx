import { FlashMessage } from "@/components/ui/flash-message";
import { Notice } from "@/components/ui/notice";
import type { CheckedAccess } from "@/lib/connectors/types";
import type { CredentialTile, NamedCredential } from "@/lib/credentials/types";
import { FewerRightsNotice } from "./fewer-rights-notice";
import { signedInInWords } from "./signed-in-in-words";
import { WarningsNotice } from "./warnings-notice";

type Props = {
  credential: CredentialTile;
  /** Those with the same secret; left out if the page lists them elsewhere. */
  equals?: readonly NamedCredential[];
  /** The search parameter that brought the message: a saved credential, or a replaced secret. */
  parameter?: "saved" | "replaced";
  /** False if the page lists the warnings elsewhere. */
  withWarnings?: boolean;
  /** How many sources and destinations were tried with the new secret before it was saved. */
  triedUses?: number;
};

/** The check result after a save: that the credential works, and separately the warnings. */
export function SavedNotice({
  credential,
  equals = [],
  parameter = "saved",
  withWarnings = true,
  triedUses = 0,
}: Props) {
  const { status, warnings, method } = credential;
  const what = parameter === "saved" ? `“${credential.name}”` : `The new secret of “${credential.name}”`;
  const list = withWarnings && <WarningsNotice warnings={warnings} equal={{ method, equals }} />;
  if (status === "unproven") {
    return (
      <div className="flex flex-col gap-3">
        <FlashMessage kind="info" title={`${what} is saved without a check`} parameter={parameter}>
          It stays unproven until the server answers.
        </FlashMessage>
        {list}
      </div>
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
        <p>{signedInInWords(credential)}</p>
        {triedUses > 0 && <p>{triedInWords(triedUses)}</p>}
      </FlashMessage>
      {list}
    </div>
  );
}

function triedInWords(uses: number): string {
  return uses === 1
    ? "The source or destination that uses it was tried and will go on."
    : `All ${uses.toLocaleString("en")} sources and destinations that use it were tried and will go on.`;
}

/** What was just done to a credential; also the name of the search parameter. */
export const flashKinds = ["saved", "edited", "replaced", "switched"] as const;
export type CredentialFlashKind = (typeof flashKinds)[number];

type CredentialFlashProps = {
  flash: CredentialFlashKind;
  credential: CredentialTile;
  triedUses: number;
  /** After a replacement, what the secret before could do; null if not known. */
  before: CheckedAccess | null;
};

/** Flash message on a credential's page after a change. */
export function CredentialFlash({ flash, credential, triedUses, before }: CredentialFlashProps) {
  if (flash === "switched") {
    return (
      <FlashMessage title={`“${credential.name}” uses its previous secret again`} parameter={flash}>
        <p>{signedInInWords(credential)}</p>
      </FlashMessage>
    );
  }
  if (flash !== "edited") {
    return (
      <>
        <SavedNotice
          credential={credential}
          parameter={flash}
          withWarnings={false}
          triedUses={flash === "replaced" ? triedUses : 0}
        />
        <FewerRightsNotice before={before} now={credential.access} />
      </>
    );
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
