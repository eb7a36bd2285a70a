import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import type { RunSummary } from "@/lib/runs/types";

type RunState = RunSummary["state"];

type Look = {
  readonly icon: LucideIcon;
  readonly tone: "good" | "warn" | "bad" | "plain";
};

/** How each state of a run looks, everywhere. */
export const runLooks: Readonly<Record<RunState, Look>> = {
  queued: { icon: Clock, tone: "plain" },
  running: { icon: LoaderCircle, tone: "plain" },
  waiting: { icon: Hourglass, tone: "warn" },
  succeeded: { icon: CircleCheck, tone: "good" },
  incomplete: { icon: TriangleAlert, tone: "warn" },
  failed: { icon: CircleX, tone: "bad" },
  cancelled: { icon: Ban, tone: "plain" },
};

const active: readonly RunState[] = ["queued", "running", "waiting"];

/** True for a run that is not over. */
export function isActive(state: RunState): boolean {
  return active.includes(state);
}
