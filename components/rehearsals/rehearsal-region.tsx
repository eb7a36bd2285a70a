import { type ReactNode, useId } from "react";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { endpointPath } from "@/lib/paths";
import type { NamedTrial, Rehearsal, TrialCounts, TrialResult } from "@/lib/rehearsals/types";
import { countWords } from "@/lib/rehearsals/words";

type Props = {
  rehearsal: Rehearsal;
  /** What was not done yet: "Not replaced yet". */
  title: string;
  /** How to go on. */
  children: ReactNode;
};

/** What will become of the sources and destinations that use a credential, before anything is changed. */
export function RehearsalRegion({ rehearsal, title, children }: Props) {
  const { counts, paused, named, hidden, token } = rehearsal;
  const id = useId();
  const all = sum(counts);
  const ofOthers = sum(hidden);
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-3 rounded-xl border border-line bg-sunken p-4"
    >
      <h2 id={id} className="text-sm font-semibold">
        Rehearsal
      </h2>
      {/* Without a token another notice on the page says why nothing was saved. */}
      <Notice
        kind="warn"
        {...(token === null ? {} : { role: "alert" as const })}
        title={`${title}: ${countWords(counts)}`}
      >
        {children}
      </Notice>
      <p className="text-sm text-muted">
        Tried by reading only: {all - counts.untried} of {all}
        {paused > 0 && `, ${paused} of them paused`}. Nothing was changed.
      </p>
      {named.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {named.map((one) => (
            <Outcome key={one.id} trial={one} />
          ))}
        </ul>
      )}
      {ofOthers > 0 && (
        <p className="text-sm">
          {ofOthers} of others, which you do not see: {countWords(hidden)}.
        </p>
      )}
    </section>
  );
}

function Outcome({ trial }: { trial: NamedTrial }) {
  const { id, direction, name, isPaused, result, reasons } = trial;
  return (
    <li className="flex min-w-0 flex-col gap-0.5 py-2 text-sm">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <Link
          href={endpointPath(direction, id)}
          // What was typed stays in this tab.
          target="_blank"
          rel="noreferrer"
          className="min-w-0 break-words font-medium text-accent underline underline-offset-4"
        >
          <bdi>{name}</bdi>
          <span className="sr-only"> (opens in a new tab)</span>
        </Link>
        <span className="text-muted">
          data {direction}
          {isPaused && ", paused"}
        </span>
      </span>
      <span className="break-words">
        {resultWords[result]}
        {reasons.length > 0 && `: ${reasons.join("; ")}`}
      </span>
    </li>
  );
}

const resultWords: Record<TrialResult, string> = {
  fine: "Fine",
  breaks: "Will break",
  untried: "Could not be tried",
  anew: "Begins anew",
};

function sum(counts: TrialCounts): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}
