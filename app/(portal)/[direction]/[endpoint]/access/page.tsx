import type { Metadata } from "next";
import { ShareBoard } from "@/components/sharing/share-board";
import { endpointTabs } from "@/lib/paths";
import type { SearchParams } from "@/lib/text/search-param";
import { readSharing } from "../../../read-sharing";
import { EndpointFrame } from "../endpoint-frame";
import { readEndpoint } from "../read-endpoint";

type Props = { params: Promise<{ direction: string; endpoint: string }>; searchParams: SearchParams<"q"> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: `Access to ${(await readEndpoint(direction, id, "/access")).endpoint.name}` };
}

/** The Share dialog's content as a tab. */
export default async function EndpointAccessPage({ params, searchParams }: Props) {
  const { direction: segment, endpoint: id } = await params;
  const { endpoint } = await readEndpoint(segment, id, "/access");
  const { direction } = endpoint;
  const page = endpointTabs(direction, id).access;
  const sharing = await readSharing({ kind: "endpoint", direction, id }, searchParams, page);
  return (
    <EndpointFrame endpoint={endpoint}>
      <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-rest">
        <ShareBoard {...sharing} />
      </div>
    </EndpointFrame>
  );
}
