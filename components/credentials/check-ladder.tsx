import { Check, LoaderCircle, Minus, X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { durationInWords, rungStateWords, rungWords } from "@/lib/connectors/bitbucket-server/rung-words";
import type { FailureInWords } from "@/lib/connectors/failures";
import { type Rung, type RungName, type RungState, rungNames } from "@/lib/connectors/types";

/** What a rung shows; two of them only while the check climbs. */
type Shown = RungState | "climbing" | "ahead";

const quiet = {
  knob: "bg-sunken text-muted ring-1 ring-line ring-inset",
  text: "text-muted",
  line: "bg-line",
};

const looks: Record<Shown, { icon: typeof Check | null; knob: string; text: string; line: string }> = {
  passed: { icon: Check, knob: "bg-good-soft text-good", text: "text-ink", line: "bg-good/40" },
  failed: { icon: X, knob: "bg-bad text-surface", text: "font-medium text-bad", line: "bg-line" },
  skipped: { icon: Minus, ...quiet },
  "not-applicable": { icon: Minus, knob: "bg-good-soft text-good", text: "text-muted", line: "bg-good/40" },
  climbing: { icon: LoaderCircle, knob: "bg-accent-soft text-accent", text: "font-medium", line: "bg-line" },
  ahead: { icon: null, ...quiet },
};

type Props = {
  rungs: readonly Rung[];
  /** What to do about the rung that failed; null where the words stand elsewhere, or nothing failed. */
  failure: FailureInWords | null;
  /** Without the questions that the rungs answer, for where there is little room. */
  compact?: boolean;
  /** The check is still under way: the rungs that are not decided yet are shown too. */
  climbing?: boolean;
};

/** How far a check climbed: rung by rung, each with its result and time, and the cure at the first that failed. */
export function CheckLadder({ rungs, failure, compact = false, climbing = false }: Props) {
  const shown: readonly ShownRung[] = climbing ? [...rungs, ...undecided(rungs)] : rungs;
  return (
    <ol aria-label="How far the check came" className="flex flex-col text-sm">
      {shown.map(({ name, state, durationMs }, index) => {
        const { icon: Icon, knob, text, line } = looks[state];
        const { label, question } = rungWords[name];
        const isLast = index === shown.length - 1;
        return (
          <li
            key={name}
            className={classNames("relative flex gap-3", !isLast && (compact ? "pb-2" : "pb-3"))}
          >
            {!isLast && (
              <span
                aria-hidden
                className={classNames(
                  "absolute bottom-0 w-0.5 transition-colors",
                  compact ? "top-5.5 left-2.25" : "top-6 left-2.75",
                  line,
                )}
              />
            )}
            <span
              className={classNames(
                "z-1 flex shrink-0 items-center justify-center rounded-full transition-colors",
                compact ? "mt-0.5 size-5" : "size-6",
                knob,
              )}
            >
              {Icon && (
                <Icon
                  aria-hidden
                  className={classNames(
                    compact ? "size-3" : "size-3.5",
                    state === "climbing" && "motion-safe:animate-spin",
                  )}
                />
              )}
            </span>
            <div className="flex min-w-0 flex-1 flex-col gap-0.5 pt-0.5">
              <p className="flex items-baseline justify-between gap-3">
                <span className={text}>{label}</span>
                <span className="text-xs whitespace-nowrap text-muted tabular-nums">
                  {resultOf(state, durationMs)}
                </span>
              </p>
              {!compact && <p className="text-xs text-muted">{question}</p>}
              {state === "failed" && failure && <FailedRung failure={failure} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function FailedRung({ failure }: { failure: FailureInWords }) {
  return (
    <div className="mt-1.5 flex flex-col gap-1 rounded-xl bg-bad-soft px-4 py-3">
      <p className="font-medium text-bad">{failure.title}</p>
      <p>{failure.cure}</p>
      <p className="text-muted">Whose turn: {failure.whose}.</p>
    </div>
  );
}

type ShownRung = { readonly name: RungName; readonly state: Shown; readonly durationMs: number | null };

/** The rung that is being climbed now, and those above it. */
function undecided(rungs: readonly Rung[]): ShownRung[] {
  const decided = new Set(rungs.map(({ name }) => name));
  return rungNames
    .filter((name) => !decided.has(name))
    .map((name, index) => ({ name, state: index === 0 ? "climbing" : "ahead", durationMs: null }));
}

function resultOf(state: Shown, durationMs: number | null): string {
  if (state === "ahead") return "";
  if (state === "climbing") return "…";
  const word = rungStateWords[state];
  return durationMs === null ? word : `${word} · ${durationInWords(durationMs)}`;
}
