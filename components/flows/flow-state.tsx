import { CirclePause, CirclePlay } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { FlowSummary } from "@/lib/flows/types";

/** Whether a source or destination may run, in a word. */
export function FlowState({ flow }: { flow: Pick<FlowSummary, "paused"> }) {
  return flow.paused ? (
    <Badge tone="warn" icon={CirclePause} label="paused" />
  ) : (
    <Badge tone="plain" icon={CirclePlay} label="active" />
  );
}
