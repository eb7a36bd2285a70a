import { CirclePause, CirclePlay, CircleStop } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { FlowSummary } from "@/lib/endpoints/types";

/** Whether a source or destination may run, in a word. */
export function FlowState({ flow }: { flow: Pick<FlowSummary, "paused" | "stopped"> }) {
  if (flow.paused) return <Badge tone="warn" icon={CirclePause} label="paused" />;
  if (flow.stopped) return <Badge tone="bad" icon={CircleStop} label="stopped" />;
  return <Badge tone="plain" icon={CirclePlay} label="active" />;
}
