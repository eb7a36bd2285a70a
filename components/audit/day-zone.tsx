"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Sends along with a form whose days its dates are: the reader's, whose zone only the browser knows, and so those of UTC
 * without script. Says so, and whose days are shown now (`shown`, null for none) where those are others.
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
