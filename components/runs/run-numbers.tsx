import { Detail } from "@/components/ui/detail";
import type { RunDetails, RunSummary } from "@/lib/runs/types";
import { countOf, grouped } from "@/lib/text/count-of";
import { durationInWords } from "@/lib/text/duration";
import { isActive } from "./run-looks";
import { progressOf, stepsOf } from "./run-progress";

type Props = { run: RunSummary & Partial<Pick<RunDetails, "expected">>; now: Date };

/** The numbers of a run: how far it is while it runs, what it brought afterwards. */
export function RunNumbers({ run, now }: Props) {
  return isActive(run.state) ? <LiveNumbers run={run} now={now} /> : <FinalNumbers run={run} now={now} />;
}

const grid = "grid grid-cols-2 gap-x-6 gap-y-4 tabular-nums";

function LiveNumbers({ run, now }: Props) {
  const { share, restMs, recordsPerSecond, elapsedMs } = progressOf(run, now);
  const goesOnMs = run.waitUntil ? Date.parse(run.waitUntil) - now.getTime() : 0;
  const { all, settled } = stepsOf(run);
  const isReading = run.kind === "read";
  const words =
    all === null
      ? `${countOf(settled, "record")} done`
      : `${grouped(settled)} of ${countOf(all, isReading ? "part" : "record")} done`;
  return (
    <div className="flex flex-col gap-4">
      <ProgressBar share={share} words={words} />
      <dl className={`${grid} sm:grid-cols-3`}>
        {isReading && <Detail name="Records read">{grouped(run.records.received)}</Detail>}
        {!isReading && <DeliveryNumbers run={run} />}
        <Detail name="Rate">
          {recordsPerSecond === null ? "–" : `${grouped(recordsPerSecond)} a second`}
        </Detail>
        <Detail name="Calls">{grouped(run.calls)}</Detail>
        <Detail name="Waited">{durationInWords(run.waitedMs)}</Detail>
        {goesOnMs > 0 && <Detail name="Goes on in">{durationInWords(goesOnMs)}</Detail>}
        <Detail name="Running for">{elapsedMs === null ? "–" : durationInWords(elapsedMs)}</Detail>
        <Detail name="Left, about">{restMs === null ? "not known yet" : durationInWords(restMs)}</Detail>
      </dl>
    </div>
  );
}

function FinalNumbers({ run, now }: Props) {
  const { elapsedMs } = progressOf(run, now);
  return (
    <dl className={`${grid} sm:grid-cols-4`}>
      {run.kind === "read" ? <ReadNumbers run={run} /> : <DeliveryNumbers run={run} />}
      <Detail name="Calls">{grouped(run.calls)}</Detail>
      <Detail name="Waited">{durationInWords(run.waitedMs)}</Detail>
      <Detail name="Took">{elapsedMs === null ? "–" : durationInWords(elapsedMs)}</Detail>
    </dl>
  );
}

function ReadNumbers({ run }: Pick<Props, "run">) {
  return (
    <>
      <Detail name="Records read">{grouped(run.records.received)}</Detail>
      <Detail name="New">{grouped(run.records.added)}</Detail>
      <Detail name="Changed">{grouped(run.records.changed)}</Detail>
      <Detail name="Unchanged">{grouped(run.records.unchanged)}</Detail>
      <Detail name="Deleted">{grouped(run.records.deleted)}</Detail>
      {run.records.unusable > 0 && (
        <Detail name="Without a key, left out">{grouped(run.records.unusable)}</Detail>
      )}
    </>
  );
}

/** Results that are no cause for worry always show, the others if there are any. */
function DeliveryNumbers({ run: { kind, deliveries } }: Pick<Props, "run">) {
  const { wouldSend, sent, alreadyThere, rejected, skipped, unknown, held } = deliveries;
  const isDry = kind === "dry-run";
  const troubles: [name: string, count: number][] = [
    [isDry ? "Invalid" : "Skipped", skipped],
    ["Rejected", rejected],
    ["Unknown", unknown],
    ["Held", held],
  ];
  return (
    <>
      {isDry ? (
        <Detail name="Would send">{grouped(wouldSend)}</Detail>
      ) : (
        <Detail name="Sent">{grouped(sent)}</Detail>
      )}
      <Detail name="Already there">{grouped(alreadyThere)}</Detail>
      {troubles.map(
        ([name, count], index) =>
          // A dry run always says how many are invalid.
          (count > 0 || (isDry && index < 2)) && (
            <Detail key={name} name={name}>
              {grouped(count)}
            </Detail>
          ),
      )}
    </>
  );
}

/** An SVG, because the content security policy allows no style attributes. */
function ProgressBar({ share, words }: { share: number | null; words: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <svg
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
        aria-valuetext={words}
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        className="h-2 w-full overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        <rect width={(share ?? 0) * 100} height={1} className="fill-accent" />
      </svg>
      <p className="text-sm text-muted tabular-nums">{words}</p>
    </div>
  );
}
