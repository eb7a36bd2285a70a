import { Notice } from "@/components/ui/notice";
import type { CredentialTile } from "@/lib/credentials/types";

/** Says of a credential whose owner's account is disabled that nobody uses it, and who can change that. */
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
