import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import type { RunSummary } from "@/lib/runs/types";
import { describeRun } from "@/lib/runs/words";
import { runLooks } from "./run-looks";

const grounds = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  plain: "bg-accent-soft text-accent",
};

/**
 * A run's state, with its sentence, the cure and whose turn it is. Screen readers hear each change of it, so numbers
 * that grow stand elsewhere.
 */
export function RunStatus({ run }: { run: RunSummary }) {
  const { icon, tone } = runLooks[run.state];
  const { title, sentence, cure, whose } = describeRun(run);
  const isMoving = run.state === "running";
  const isCounting = isMoving && !run.isCancelling;
  return (
    <div className={classNames("flex gap-3 rounded-xl px-4 py-3 text-sm", grounds[tone])}>
      <Icon
        name={icon}
        className={classNames("mt-0.5 size-4 shrink-0", isMoving && "motion-safe:animate-spin")}
      />
      <div role="status" className="flex min-w-0 flex-1 flex-col gap-1 wrap-anywhere">
        {/* Without the spaces the words of two lines would be one word to programs. */}
        <p className="font-medium">{title}</p> {!isCounting && <p className="text-ink">{sentence}</p>}{" "}
        {cure && <p className="text-ink">{cure}</p>}{" "}
        {whose && <p className="text-muted">Next step: {whose}.</p>}
      </div>
    </div>
  );
}
