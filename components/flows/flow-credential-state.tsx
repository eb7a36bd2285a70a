import { CircleSlash, Unplug, UserX } from "lucide-react";
import { StatusBadge } from "@/components/credentials/status-badge";
import { Badge } from "@/components/ui/badge";
import type { FlowSummary, StopReason } from "@/lib/endpoints/types";

const looks = {
  "owner-disabled": { icon: UserX, label: "owner disabled" },
  "credential-deleted": { icon: Unplug, label: "credential deleted" },
  "credential-lost": { icon: Unplug, label: "no credential" },
  "credential-suspended": { icon: CircleSlash, label: "credential suspended" },
} as const satisfies Record<StopReason, unknown>;

/** Whether a source or destination can use its credential, in a word; nothing where the reader may not know more. */
export function FlowCredentialState({ flow }: { flow: FlowSummary }) {
  if (flow.stopped) return <Badge tone="bad" {...looks[flow.stopped]} />;
  return flow.credential && <StatusBadge credential={flow.credential} />;
}
