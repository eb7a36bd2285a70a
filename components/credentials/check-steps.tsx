import { classNames } from "@/components/ui/class-names";
import { Icon, type IconName } from "@/components/ui/icon";
import { durationInWords, stepStateWords, stepWords } from "@/lib/connectors/bitbucket-server/step-words";
import type { FailureInWords } from "@/lib/connectors/failures";
import { type CheckStep, type StepName, type StepState, stepNames } from "@/lib/connectors/types";

/** The state of a step as shown; two of the states appear only while the check runs. */
type Shown = StepState | "underWay" | "ahead";

const quiet = {
  knob: "bg-sunken text-muted ring-1 ring-line ring-inset",
  text: "text-muted",
  line: "bg-line",
};

const looks: Record<Shown, { icon: IconName | null; knob: string; text: string; line: string }> = {
  passed: { icon: "check", knob: "bg-good-soft text-good", text: "text-ink", line: "bg-good/40" },
  failed: { icon: "x", knob: "bg-bad text-surface", text: "font-medium text-bad", line: "bg-line" },
  skipped: { icon: "minus", ...quiet },
  "not-applicable": { icon: "minus", knob: "bg-good-soft text-good", text: "text-muted", line: "bg-good/40" },
  underWay: {
    icon: "loader-circle",
    knob: "bg-accent-soft text-accent",
    text: "font-medium",
    line: "bg-line",
  },
  ahead: { icon: null, ...quiet },
};

type Props = {
  steps: readonly CheckStep[];
  /** What to do about the failed step; null if nothing failed or the page shows the text elsewhere. */
  failure: FailureInWords | null;
  /** Leaves out the questions that the steps answer, where there is little room. */
  compact?: boolean;
  /** The check is still running: pending steps are shown too. */
  underWay?: boolean;
};

/** The steps of a check, each with its result and time; the first failed step shows what to do. */
export function CheckSteps({ steps, failure, compact = false, underWay = false }: Props) {
  const shown: readonly ShownStep[] = underWay ? [...steps, ...undecided(steps)] : steps;
  return (
    <ol aria-label="Check steps" className="flex flex-col text-sm">
      {shown.map(({ name, state, durationMs }, index) => {
        const { icon, knob, text, line } = looks[state];
        const { label, question } = stepWords[name];
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
                  "absolute bottom-0 w-0.5 origin-top transition-colors",
                  compact ? "top-5.5 left-2.25" : "top-6 left-2.75",
                  underWay && isDecided(state) && "motion-safe:animate-climb",
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
              {icon && (
                <Icon
                  name={icon}
                  className={classNames(
                    compact ? "size-3" : "size-3.5",
                    state === "underWay" && "motion-safe:animate-spin",
                    underWay && isDecided(state) && "motion-safe:animate-arrive",
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
              {state === "failed" && failure && <FailedStep failure={failure} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function FailedStep({ failure }: { failure: FailureInWords }) {
  return (
    <div className="mt-1.5 flex flex-col gap-1 rounded-xl bg-bad-soft px-4 py-3">
      <p className="font-medium text-bad">{failure.title}</p>
      <p>{failure.cure}</p>
      <p className="text-muted">Next step: {failure.whose}.</p>
    </div>
  );
}

type ShownStep = { readonly name: StepName; readonly state: Shown; readonly durationMs: number | null };

/** The step that runs now, and those after it. */
function undecided(steps: readonly CheckStep[]): ShownStep[] {
  const decided = new Set(steps.map(({ name }) => name));
  return stepNames
    .filter((name) => !decided.has(name))
    .map((name, index) => ({ name, state: index === 0 ? "underWay" : "ahead", durationMs: null }));
}

function isDecided(state: Shown): boolean {
  return state !== "underWay" && state !== "ahead";
}

function resultOf(state: Shown, durationMs: number | null): string {
  if (state === "ahead") return "";
  if (state === "underWay") return "…";
  const word = stepStateWords[state];
  return durationMs === null ? word : `${word} · ${durationInWords(durationMs)}`;
}
