import { News } from "@/components/ui/news";
import type { CredentialTile } from "@/lib/credentials/types";
import { SavedNotice } from "./saved-notice";

/** What can just have been done to a credential; also the search parameter that tells of it. */
export type CredentialNewsKind = "saved" | "edited" | "replaced";

type Props = { news: CredentialNewsKind; credential: CredentialTile };

/** Tells of what was just done to a credential, where one arrives afterwards. */
export function CredentialNews({ news, credential }: Props) {
  if (news !== "edited") {
    return <SavedNotice credential={credential} parameter={news} withWarnings={false} />;
  }
  return <News title={`“${credential.name}” is saved`} parameter="edited" />;
}
