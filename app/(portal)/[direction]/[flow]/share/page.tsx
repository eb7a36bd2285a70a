import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SharePage } from "@/components/sharing/share-dialog";
import { directionOf } from "@/lib/paths";
import type { SearchParams } from "@/lib/text/search-param";
import { readSharing } from "../../../read-sharing";

export const metadata: Metadata = { title: "Share" };

type Props = { params: Promise<{ direction: string; flow: string }>; searchParams: SearchParams<"q"> };

/** The Share dialog as a page: opened directly, reloaded or without script. */
export default async function ShareFlowPage({ params, searchParams }: Props) {
  const { direction: segment, flow: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  return <SharePage {...(await readSharing({ kind: "flow", direction, id }, searchParams))} />;
}
