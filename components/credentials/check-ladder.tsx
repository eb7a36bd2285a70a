import { Check, Minus, X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { FailureInWords } from "@/lib/bitbucket/reasons";
import { rungStateWords, rungWords } from "@/lib/bitbucket/rung-words";
import type { Rung, RungState } from "@/lib/bitbucket/types";

const looks: Record<RungState, { icon: typeof Check; knob: string; text: string; line: string }> = {
  passed: { icon: Check, knob: "bg-good-soft text-good", text: "text-ink", line: "bg-good/40" },
  failed: { icon: X, knob: "bg-bad text-surface", text: "font-medium text-bad", line: "bg-line" },
  skipped: {
    icon: Minus,
    knob: "bg-sunken text-muted ring-1 ring-line ring-inset",
    text: "text-muted",
    line: "bg-line",
  },
  "not-applicable": {
    icon: Minus,
    knob: "bg-good-soft text-good",
    text: "text-muted",
    line: "bg-good/40",
  },
};

type Props = {
  rungs: readonly Rung[];
  /** What to do about the rung that failed; null where the words stand elsewhere, or nothing failed. */
  failure: FailureInWords | null;
  /** Without the questions that the rungs answer, for where there is little room. */
  compact?: boolean;
};

/** How far a check climbed: rung by rung, each with its result and time, and the cure at the first that failed. */
export function CheckLadder({ rungs, failure, compact = false }: Props) {
  return (
    <ol aria-label="How far the check came" className="flex flex-col text-sm">
      {rungs.map(({ name, state, durationMs }, index) => {
        const { icon: Icon, knob, text, line } = looks[state];
        const { label, question } = rungWords[name];
        return (
          <li key={name} className={classNames("relative flex gap-3", index < rungs.length - 1 && "pb-3")}>
            {index < rungs.length - 1 && (
              <span
                aria-hidden
                className={classNames("absolute top-6 bottom-0 left-[0.6875rem] w-0.5", line)}
              />
            )}
            <span
              className={classNames(
                "z-1 flex size-6 shrink-0 items-center justify-center rounded-full",
                knob,
              )}
            >
              <Icon aria-hidden className="size-3.5" />
            </span>
            <div className="flex min-w-0 flex-1 flex-col gap-0.5 pt-0.5">
              <p className="flex items-baseline justify-between gap-3">
                <span className={text}>{label}</span>
                <span className="text-xs whitespace-nowrap text-muted tabular-nums">
                  {resultOf(state, durationMs)}
                </span>
              </p>
              {!compact && <p className="text-xs text-muted">{question}</p>}
              {state === "failed" && failure && (
                <div className="mt-1.5 flex flex-col gap-1 rounded-xl bg-bad-soft px-4 py-3">
                  <p className="font-medium text-bad">{failure.title}</p>
                  <p>{failure.cure}</p>
                  <p className="text-muted">Whose turn: {failure.whose}.</p>
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function resultOf(state: RungState, durationMs: number | null): string {
  const word = rungStateWords[state];
  return durationMs === null ? word : `${word} · ${durationMs} ms`;
}
