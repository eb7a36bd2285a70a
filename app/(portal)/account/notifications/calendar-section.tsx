import { CalendarPanel } from "@/components/account/calendar-panel";
import { Section } from "@/components/ui/card";
import type { Actor } from "@/lib/actor";
import { makeCalendarAction, revokeCalendarAction } from "@/lib/calendar/actions";
import { findCalendar } from "@/lib/calendar/queries";
import { database } from "@/lib/db/client";

/** The user's calendar address. */
export async function CalendarSection({ actor, now }: { actor: Actor; now: string }) {
  const calendar = await findCalendar(await database(), actor);
  return (
    <Section title="Calendar">
      <CalendarPanel calendar={calendar} make={makeCalendarAction} revoke={revokeCalendarAction} now={now} />
    </Section>
  );
}
