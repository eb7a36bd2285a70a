import { Detail } from "@/components/ui/detail";
import type { Counted, Estimate } from "@/lib/reading/estimate";

const numbers = new Intl.NumberFormat("en");

/** What a first run will cost, as far as it is known. */
export function EstimateInWords({ estimate }: { estimate: Estimate }) {
  const { calls, isExact, leastSeconds, groups, rows } = estimate;
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-3">
      <Detail name="Requests of a first run">
        {isExact ? numbers.format(calls) : `at least ${numbers.format(calls)}`}
      </Detail>
      <Detail name="Least time at the server's request allowance">{timeInWords(leastSeconds)}</Detail>
      {groups && <Detail name="Repositories or projects">{countInWords(groups)}</Detail>}
      {rows && <Detail name="Records">{countInWords(rows)}</Detail>}
    </dl>
  );
}

function countInWords({ count, more }: Counted): string {
  return more ? `more than ${numbers.format(count)}` : numbers.format(count);
}

function timeInWords(seconds: number | null): string {
  if (seconds === null) return "The server does not tell its allowance";
  if (seconds === 0) return "No wait";
  if (seconds < 90) return `${seconds} seconds of waiting`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? `${minutes} minutes of waiting`
    : `${numbers.format(Math.round(minutes / 60))} hours of waiting`;
}
