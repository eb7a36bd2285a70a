import { Notice } from "@/components/ui/notice";
import { ToastOnArrival } from "@/components/ui/toast-on-arrival";
import type { CredentialTile } from "@/lib/credentials/types";
import { SavedNotice } from "./saved-notice";

/** What can just have been done to a credential; also the search parameter that tells of it. */
export type CredentialNewsKind = "saved" | "edited" | "replaced";

type Props = { news: CredentialNewsKind; credential: CredentialTile };

/** Tells of what was just done to a credential, where one arrives afterwards. */
export function CredentialNews({ news, credential }: Props) {
  if (news === "saved") return <SavedNotice credential={credential} />;
  if (news === "replaced") return <SavedNotice credential={credential} parameter="replaced" />;
  const title = `“${credential.name}” is saved`;
  return (
    <>
      <ToastOnArrival title={title} parameter="edited" />
      <Notice kind="good" title={title} />
    </>
  );
}
