"use client";

import { CalendarDate } from "@/components/ui/calendar-date";
import { Link } from "@/components/ui/link";
import { TimeAgo } from "@/components/ui/time-ago";
import { isIdle } from "@/lib/credentials/shown-status";
import type { LastUse as Use } from "@/lib/endpoints/types";
import { pathOf } from "@/lib/paths";

type Props = {
  /** Null if no run has used the credential. */
  use: Use | null;
  /** ISO 8601. */
  now: string;
};

/** When a run last used a credential, and which: as far as the user may see it. */
export function LastUse({ use, now }: Props) {
  if (use === null) return <p className="text-sm text-muted">Not used yet.</p>;
  return (
    <p className="text-sm text-muted">
      {isIdle(use.at, now) ? (
        <>
          Not used since <CalendarDate at={use.at} />, last by{" "}
        </>
      ) : (
        <>
          Last used <TimeAgo at={use.at} now={now} /> by{" "}
        </>
      )}
      <User by={use.by} />.
    </p>
  );
}

function User({ by }: Pick<Use, "by">) {
  if (by === null) return "a source or destination that is deleted";
  if (by.seen === null) return `a data ${by.direction} of somebody else`;
  const { id, name, ownerName } = by.seen;
  return (
    <>
      <Link
        href={`/${pathOf(by.direction)}/${id}`}
        className="font-medium text-ink underline underline-offset-4 [overflow-wrap:anywhere]"
      >
        {name}
      </Link>
      , a data {by.direction} of <bdi>{ownerName}</bdi>
    </>
  );
}
