import { Badge } from "@/components/ui/badge";
import type { RunSummary } from "@/lib/runs/types";
import { stateTitles } from "@/lib/runs/words";
import { isActive, runLooks } from "./run-looks";

/** The state of a run in one word, for lists. */
export function RunBadge({ state, isRunOf }: { state: RunSummary["state"]; isRunOf?: boolean }) {
  const word = stateTitles[state].toLowerCase();
  // In a list of sources the word alone would be the source's own state.
  return <Badge {...runLooks[state]} label={isRunOf && !isActive(state) ? `run ${word}` : word} />;
}
