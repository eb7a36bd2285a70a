import {
  Ban,
  CircleCheck,
  CircleCheckBig,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleX,
  type LucideIcon,
  Send,
} from "lucide-react";
import type { ResultName } from "@/lib/deliveries/types";
import type { RunSummary } from "@/lib/runs/types";

type Look = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly tone: "good" | "warn" | "bad" | "plain";
};

const looks: Readonly<Record<ResultName, Look>> = {
  "would-send": { label: "Would send", icon: Send, tone: "plain" },
  sent: { label: "Sent", icon: CircleCheck, tone: "good" },
  already: { label: "Already there", icon: CircleCheckBig, tone: "plain" },
  rejected: { label: "Rejected", icon: CircleX, tone: "bad" },
  skipped: { label: "Skipped", icon: Ban, tone: "warn" },
  unknown: { label: "Unknown", icon: CircleHelp, tone: "warn" },
  held: { label: "Held", icon: CirclePause, tone: "warn" },
  pending: { label: "Not sent yet", icon: CircleDashed, tone: "plain" },
};

/** How a result looks and what it is called, in a run or a dry run. */
export function resultLook(result: ResultName, kind: RunSummary["kind"]): Look {
  if (kind !== "dry-run") return looks[result];
  if (result === "skipped") return { ...looks.skipped, label: "Invalid" };
  return result === "pending" ? { ...looks.pending, label: "Not looked at yet" } : looks[result];
}
