import { Unplug } from "lucide-react";
import { StatusBadge } from "@/components/credentials/status-badge";
import { Badge } from "@/components/ui/badge";
import type { FlowSummary } from "@/lib/flows/types";

/** Whether a source or destination can use its credential, in a word; nothing where the reader may not know more. */
export function FlowCredentialState({ flow }: { flow: FlowSummary }) {
  if (!flow.ownerMayUse) return <Badge tone="bad" icon={Unplug} label="no credential" />;
  return flow.credential && <StatusBadge status={flow.credential.status} />;
}
