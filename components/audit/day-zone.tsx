"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Sends the user's time zone, in which the form's dates are read; without script they are read in UTC. Says so, and
 * names the zone of the dates now shown (`shown`, null for none) if that differs.
 */
export function DayZone({ shown }: { shown: string | null }) {
  const zone = useSyncExternalStore(never, browserZone, () => null);
  if (zone === null) {
    return (
      <>
        {shown && <input type="hidden" name="zone" value={shown} />}
        {`Days are those of ${shown ?? "UTC"}.`}
      </>
    );
  }
  return (
    <>
      <input type="hidden" name="zone" value={zone} />
      {shown === null || shown === zone
        ? `Days are those of your time zone, ${zone}.`
        : `These are days of ${shown}. Filtering again takes them for days of your time zone, ${zone}.`}
    </>
  );
}
