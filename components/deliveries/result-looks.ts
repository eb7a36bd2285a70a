import type { IconName } from "@/components/ui/icon";
import type { ResultName } from "@/lib/deliveries/types";
import type { RunSummary } from "@/lib/runs/types";

type Look = {
  readonly label: string;
  readonly icon: IconName;
  readonly tone: "good" | "warn" | "bad" | "plain";
};

const looks: Readonly<Record<ResultName, Look>> = {
  "would-send": { label: "Would send", icon: "send", tone: "plain" },
  sent: { label: "Sent", icon: "circle-check", tone: "good" },
  already: { label: "Already there", icon: "circle-check-big", tone: "plain" },
  rejected: { label: "Rejected", icon: "circle-x", tone: "bad" },
  skipped: { label: "Skipped", icon: "ban", tone: "warn" },
  unknown: { label: "Unknown", icon: "circle-help", tone: "warn" },
  held: { label: "Held", icon: "circle-pause", tone: "warn" },
  pending: { label: "Not sent yet", icon: "circle-dashed", tone: "plain" },
};

/** How a result looks and what it is called, in a run or a dry run. */
export function resultLook(result: ResultName, kind: RunSummary["kind"]): Look {
  if (kind !== "dry-run") return looks[result];
  if (result === "skipped") return { ...looks.skipped, label: "Invalid" };
  return result === "pending" ? { ...looks.pending, label: "Not looked at yet" } : looks[result];
}
