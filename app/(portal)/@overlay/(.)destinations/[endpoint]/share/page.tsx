import type { Metadata } from "next";
import { ShareOverlay } from "@/components/sharing/share-dialog";
import type { SearchParams } from "@/lib/text/search-param";
import { readSharing } from "../../../../read-sharing";

export const metadata: Metadata = { title: "Share" };

type Props = { params: Promise<{ endpoint: string }>; searchParams: SearchParams<"q"> };

/** The Share dialog as an overlay over the previous page. */
export default async function ShareDestinationOverlayPage({ params, searchParams }: Props) {
  const { endpoint: id } = await params;
  return (
    <ShareOverlay
      {...(await readSharing({ kind: "endpoint", direction: "destination", id }, searchParams))}
    />
  );
}
