import { Badge } from "@/components/ui/badge";
import { PageLinks } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { EventItem } from "@/lib/audit/types";
import type { PagePaths } from "@/lib/paths";
import { EventParty } from "./event-party";
import { EventSentence } from "./event-sentence";

type Props = {
  events: readonly EventItem[];
  now: string;
  /** The addresses of the pages beside this one. */
  paths: PagePaths;
  /** The address of the log filtered by one user or item; null where the list has no such filter. */
  narrowTo: ((name: "person" | "thing", id: string) => string) | null;
  /** True if all events are about one item, the page's own; the events then do not name it. */
  isOfOneThing?: boolean;
};

// Without addresses to show, the list has no column for them.
const columnsWithPlace = "lg:grid-cols-[7rem_minmax(0,1fr)_minmax(0,2.2fr)_minmax(0,1.1fr)_8rem]";
const columnsWithoutPlace = "lg:grid-cols-[7rem_minmax(0,1fr)_minmax(0,2.5fr)_minmax(0,1fr)]";
const columnsOfOneThing = "lg:grid-cols-[7rem_minmax(0,1fr)_minmax(0,3.5fr)]";

/** Events, newest first: rows on a wide screen, cards on a narrow one. */
export function EventList({ events, now, paths, narrowTo, isOfOneThing = false }: Props) {
  const hasPlaces = narrowTo !== null;
  const columns = isOfOneThing ? columnsOfOneThing : hasPlaces ? columnsWithPlace : columnsWithoutPlace;
  return (
    <div className="flex flex-col gap-4">
      <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-rest">
        <div
          aria-hidden
          className={`hidden gap-x-4 border-b border-line bg-sunken px-4 py-2 text-xs font-medium text-muted lg:grid ${columns}`}
        >
          <span>When</span>
          <span>Who</span>
          <span>What</span>
          {!isOfOneThing && <span>{hasPlaces ? "Item" : "Used in"}</span>}
          {hasPlaces && <span>From</span>}
        </div>
        <ol className="divide-y divide-line">
          {events.map((event) => (
            <li
              key={event.sequence}
              className={`grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 px-4 py-2.5 text-sm ${columns}`}
            >
              <p className="order-2 text-right text-muted lg:order-none lg:text-left">
                <TimeAgo at={event.at} now={now} />
              </p>
              <p className="order-3 col-span-2 min-w-0 break-words lg:order-none lg:col-span-1">
                <span className="sr-only">By: </span>
                <EventParty
                  party={event.person}
                  none="nobody signed in"
                  narrowTo={narrowTo && ((id) => narrowTo("person", id))}
                />
              </p>
              <div className="order-1 flex min-w-0 flex-col items-start gap-0.5 lg:order-none">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
                  {event.label}
                  {event.result !== "done" && (
                    <Badge
                      tone="warn"
                      icon={event.result === "refused" ? "ban" : "unplug"}
                      label={event.result}
                    />
                  )}
                </p>
                <EventSentence sentence={event.sentence} />
              </div>
              {!isOfOneThing && (
                <p className="order-4 col-span-2 min-w-0 break-words lg:order-none lg:col-span-1">
                  {event.thing && (
                    <>
                      <span className="text-muted lg:sr-only">Thing: </span>
                      <EventParty
                        party={event.thing}
                        none=""
                        narrowTo={narrowTo && ((id) => narrowTo("thing", id))}
                      />
                    </>
                  )}
                </p>
              )}
              {hasPlaces && (
                <p className="order-5 col-span-2 break-all text-muted lg:order-none lg:col-span-1">
                  {placeOf(event)}
                </p>
              )}
            </li>
          ))}
        </ol>
      </div>
      <PageLinks paths={paths} />
    </div>
  );
}

function placeOf({ via, address }: EventItem): string | null {
  // The portal did it by itself: by a schedule, or at the end of a run that somebody asked for.
  if (via === "schedule") return "the portal itself";
  return via === "terminal" ? "terminal" : address;
}
