import type { Metadata } from "next";
import { ShareOverlay } from "@/components/sharing/share-dialog";
import type { SearchParams } from "@/lib/text/search-param";
import { readSharing } from "../../../../read-sharing";

export const metadata: Metadata = { title: "Share" };

type Props = { params: Promise<{ credential: string }>; searchParams: SearchParams<"q"> };

/** The Share dialog as an overlay over the previous page. */
export default async function ShareCredentialOverlayPage({ params, searchParams }: Props) {
  const { credential: id } = await params;
  return <ShareOverlay {...(await readSharing({ kind: "credential", id }, searchParams))} />;
}
