import type { Stops } from "@/lib/endpoints/types";
import { countOf } from "@/lib/text/count-of";

/** What stops, such as "This stops 2 data sources and 1 data destination of 2 people", or of `whose`. */
export function stopsInWords(
  stops: Stops,
  { what = "This", whose = countOf(stops.users, "person", "people") }: { what?: string; whose?: string } = {},
): string {
  return `${what} stops ${countsInWords(stops)} of ${whose}.`;
}

/** The button that stops it, such as "Disable and stop 3". */
export function andStop(press: string, { sources, destinations }: Stops): string {
  const count = sources + destinations;
  return `${press} and stop ${count === 1 ? "it" : count}`;
}

/** Sources and destinations, such as "2 data sources and 1 data destination". */
export function countsInWords({ sources, destinations }: Stops): string {
  const parts = [
    sources > 0 && countOf(sources, "data source"),
    destinations > 0 && countOf(destinations, "data destination"),
  ];
  return parts.filter(Boolean).join(" and ");
}
