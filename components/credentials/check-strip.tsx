import { Section } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import type { CheckDay } from "@/lib/credentials/check-days";
import { countOf } from "@/lib/text/count-of";
import { PlainDate } from "./details-in-words";

type Found = NonNullable<CheckDay["worst"]>;

// Height as well as colour: what works fills the strip, what is not known stays low.
const looks: Record<Found, { words: string; bar: string }> = {
  verified: { words: "worked", bar: "h-full bg-good/70" },
  restricted: { words: "signed in, without the rights", bar: "h-2/3 bg-warn" },
  nothing: { words: "server not reached", bar: "h-1/3 bg-warn" },
  locked: { words: "account locked", bar: "h-full bg-bad [clip-path:polygon(0_0,100%_0,50%_100%)]" },
  rejected: { words: "refused", bar: "h-full bg-bad [clip-path:polygon(0_0,100%_0,50%_100%)]" },
};

/** What the checks of the last days found, a mark for each day in the time zone, with the same as words. */
export function CheckStrip({ days, zone }: { days: readonly CheckDay[]; zone: string }) {
  const checked = days.filter(({ worst }) => worst !== null);
  if (checked.length === 0) return null;
  const summary = `Checked on ${countOf(checked.length, "day")} of ${days.length}: ${summaryOf(checked)}`;
  return (
    <Section title={`Last ${days.length} days`} aside={`days of ${zone}`}>
      <div
        role="img"
        aria-label={summary}
        className="flex h-8 items-end gap-0.5 border-b border-line sm:gap-1"
      >
        {days.map(({ day, worst, count }) => (
          <span
            key={day}
            title={
              worst ? `${day}: ${looks[worst].words}, ${countOf(count, "check")}` : `${day}: not checked`
            }
            className="flex h-full min-w-0 flex-1 items-end"
          >
            <span
              className={classNames(
                "w-full rounded-t-sm forced-colors:bg-[CanvasText]",
                worst ? looks[worst].bar : "h-0.5 bg-line-strong/40",
              )}
            />
          </span>
        ))}
      </div>
      <p className="text-sm text-muted">{summary}.</p>
      <details className="text-sm">
        <summary className="cursor-pointer self-start text-muted underline-offset-4 hover:text-ink hover:underline">
          As a table
        </summary>
        <table aria-label="Checks by day" className="mt-2 w-full">
          <tbody className="divide-y divide-line">
            {checked.toReversed().map(({ day, worst, count }) => (
              <tr key={day}>
                <th scope="row" className="py-1 pr-3 text-left font-normal">
                  <PlainDate day={day} />
                </th>
                <td className="py-1 pr-3">{worst && looks[worst].words}</td>
                <td className="py-1 text-right text-muted">{countOf(count, "check")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}

function summaryOf(checked: readonly CheckDay[]): string {
  const found = Object.entries(looks).map(([verdict, { words }]) => ({
    words,
    count: checked.filter(({ worst }) => worst === verdict).length,
  }));
  return found
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => `${words} on ${count}`)
    .join(", ");
}
