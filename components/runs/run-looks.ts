import type { IconName } from "@/components/ui/icon";
import type { RunSummary } from "@/lib/runs/types";

type RunState = RunSummary["state"];

type Look = {
  readonly icon: IconName;
  readonly tone: "good" | "warn" | "bad" | "plain";
};

/** How each state of a run looks, everywhere. */
export const runLooks: Readonly<Record<RunState, Look>> = {
  queued: { icon: "clock", tone: "plain" },
  running: { icon: "loader-circle", tone: "plain" },
  waiting: { icon: "hourglass", tone: "warn" },
  succeeded: { icon: "circle-check", tone: "good" },
  incomplete: { icon: "triangle-alert", tone: "warn" },
  failed: { icon: "circle-x", tone: "bad" },
  cancelled: { icon: "ban", tone: "plain" },
};

const active: readonly RunState[] = ["queued", "running", "waiting"];

/** True for a run that is not over. */
export function isActive(state: RunState): boolean {
  return active.includes(state);
}
