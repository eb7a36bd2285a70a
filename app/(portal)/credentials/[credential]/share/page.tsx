import type { Metadata } from "next";
import { SharePage } from "@/components/sharing/share-dialog";
import type { SearchParams } from "@/lib/text/search-param";
import { readSharing } from "../../../read-sharing";

export const metadata: Metadata = { title: "Share" };

type Props = { params: Promise<{ credential: string }>; searchParams: SearchParams<"q"> };

/** The Share dialog as a page: opened directly, reloaded or without script. */
export default async function ShareCredentialPage({ params, searchParams }: Props) {
  const { credential: id } = await params;
  return <SharePage {...(await readSharing({ kind: "credential", id }, searchParams))} />;
}
