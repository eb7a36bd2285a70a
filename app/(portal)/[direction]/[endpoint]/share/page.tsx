import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SharePage } from "@/components/sharing/share-dialog";
import { directionOf } from "@/lib/paths";
import type { SearchParams } from "@/lib/text/search-param";
import { readSharing } from "../../../read-sharing";

export const metadata: Metadata = { title: "Share" };

type Props = { params: Promise<{ direction: string; endpoint: string }>; searchParams: SearchParams<"q"> };

/** The Share dialog as a page: opened directly, reloaded or without script. */
export default async function ShareEndpointPage({ params, searchParams }: Props) {
  const { direction: segment, endpoint: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  return <SharePage {...(await readSharing({ kind: "endpoint", direction, id }, searchParams))} />;
}
