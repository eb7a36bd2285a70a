import { PlainDate } from "@/components/credentials/details-in-words";
import { Section } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { TitleLink } from "@/components/ui/list-links";
import { endInWords, endsSoon, lastDayOf } from "@/lib/credentials/shown-status";
import { hrefOfEnding } from "@/lib/overview/needs";
import type { Ending } from "@/lib/overview/types";
import { weeksOf } from "./weeks-of";

type Props = {
  /** The soonest first. */
  endings: readonly Ending[];
  /** True if more end than were read. */
  hasMore: boolean;
  /** ISO 8601. */
  now: string;
};

const listed = 5;

/** What ends in the next 90 days: a strip of weeks for the eye, and a list for everybody. */
export function EndsCalendar({ endings, hasMore, now }: Props) {
  if (endings.length === 0) {
    return (
      <Section title="Next 90 days">
        <p className="text-sm text-muted">No API key and no certificate is known to end.</p>
      </Section>
    );
  }
  const rest = endings.slice(listed);
  return (
    <Section title="Next 90 days">
      <Strip endings={endings} now={now} />
      <EndingList endings={endings.slice(0, listed)} now={now} />
      {rest.length > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer rounded-lg py-1 font-medium text-accent">
            {hasMore ? "More that end" : `${rest.length} more`}
          </summary>
          <EndingList endings={rest} now={now} />
          {hasMore && <p className="pt-2 text-muted">These are the soonest; later ends are not listed.</p>}
        </details>
      )}
    </Section>
  );
}

// The list says the same, so the strip is for the eye alone: for each week how many end in it.
function Strip({ endings, now }: Pick<Props, "endings" | "now">) {
  return (
    <div aria-hidden className="grid grid-cols-13 gap-x-1 text-xs text-muted">
      {weeksOf(endings, now).map(({ from, endings: ending, month }) => (
        <span key={from} className="flex min-w-0 flex-col gap-1">
          <span
            className={classNames("grid h-8 place-items-center rounded-md font-medium", lookOf(ending, now))}
          >
            {ending.length > 0 && ending.length}
          </span>
          <span className="h-4 whitespace-nowrap">{month}</span>
        </span>
      ))}
    </div>
  );
}

function lookOf(endings: readonly Ending[], now: string): string {
  if (endings.length === 0) return "bg-sunken ring-1 ring-line ring-inset";
  const isNear = endings.some(({ at }) => endsSoon({ keyEndsAt: at }, now));
  return isNear
    ? "bg-warn-soft text-warn ring-1 ring-warn ring-inset"
    : "bg-accent-soft text-accent ring-1 ring-accent ring-inset";
}

function EndingList({ endings, now }: Pick<Props, "endings" | "now">) {
  return (
    <ul className="flex flex-col divide-y divide-line text-sm">
      {endings.map(({ kind, id, name, at }) => {
        const icon = kind === "key" ? "key-round" : "server";
        return (
          <li
            key={`${kind} ${id}`}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5"
          >
            <span className="flex min-w-0 flex-1 basis-40 items-start gap-2">
              <Icon name={icon} className="mt-0.75 size-3.5 shrink-0 text-muted" />
              <span className="sr-only">{kind === "key" ? "API key of " : "Certificate of "}</span>
              <TitleLink href={hrefOfEnding({ kind, id, name, at })} className="line-clamp-2" title={name}>
                {name}
              </TitleLink>
            </span>
            <span className="text-muted">
              {endInWords(at, now)}, <PlainDate day={lastDayOf(at)} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
