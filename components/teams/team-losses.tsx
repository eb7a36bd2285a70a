import { stopsInWords } from "@/components/endpoints/stops-in-words";
import { Notice } from "@/components/ui/notice";
import type { NamedStops } from "@/lib/endpoints/types";
import type { TeamLoss } from "@/lib/teams/types";
import { countOf } from "@/lib/text/count-of";

type Props = {
  losses: readonly TeamLoss[];
  /** What would stop, by its owner. */
  stops: ReadonlyMap<string, NamedStops>;
};

/** What members would lose with their team, and what would stop; nothing for nothing. */
export function TeamLosses({ losses, stops }: Props) {
  if (losses.length === 0 && stops.size === 0) return null;
  return (
    <Notice kind="warn" title="Members use something through this team alone">
      {losses.length > 0 && (
        <ul className="list-disc pl-5">
          {losses.map((loss) => (
            <li key={loss.credentialId} className="[overflow-wrap:anywhere]">
              {loss.name === null ? "A credential that you may not see" : `The credential “${loss.name}”`}:{" "}
              <span className="text-muted">{membersInWords(loss)}</span>
            </li>
          ))}
        </ul>
      )}
      {stops.size > 0 && <p>{stopsInWords(sumOf(stops), { what: "Its end" })}</p>}
    </Notice>
  );
}

function membersInWords({ members, memberNames }: TeamLoss): string {
  const others = members - memberNames.length;
  const named = memberNames.join(", ");
  return others > 0
    ? `${named} and ${countOf(others, "other")} lose it`
    : `${named} ${members === 1 ? "loses" : "lose"} it`;
}

function sumOf(stops: Props["stops"]) {
  const sum = { sources: 0, destinations: 0, users: 0 };
  for (const { sources, destinations, users } of stops.values()) {
    sum.sources += sources;
    sum.destinations += destinations;
    sum.users += users;
  }
  return sum;
}
