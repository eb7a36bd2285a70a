import { Check, Minus, X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { Rung, RungName } from "@/lib/bitbucket/types";

const labels: Record<RungName, string> = {
  address: "Address",
  name: "Name",
  connection: "Connection",
  certificate: "Certificate",
  bitbucket: "Is it Bitbucket",
  signedIn: "Signed in",
  allowed: "Allowed",
};

const states = {
  passed: { icon: Check, word: "passed", look: "text-good" },
  failed: { icon: X, word: "failed", look: "font-medium text-bad" },
  skipped: { icon: Minus, word: "not reached", look: "text-muted" },
  "not-applicable": { icon: Minus, word: "not needed", look: "text-muted" },
};

/** How far a check came: one rung after the other, the failed one marked. */
export function CheckLadder({ rungs }: { rungs: readonly Rung[] }) {
  return (
    <ol aria-label="How far the check came" className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {rungs.map(({ name, state }) => {
        const { icon: Icon, word, look } = states[state];
        return (
          <li key={name} className={classNames("inline-flex items-center gap-1", look)}>
            <Icon aria-hidden className="size-3.5" />
            {labels[name]}
            <span className="sr-only">: {word}</span>
          </li>
        );
      })}
    </ol>
  );
}
