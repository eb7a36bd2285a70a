import { Link } from "@/components/ui/link";
import type { Named } from "@/lib/audit/types";

type Props = {
  party: Named | null;
  none: string;
  narrowTo: ((id: string) => string) | null;
};

/** A user or item in an event: its present name, or its id. Links to all of its events. */
export function EventParty({ party, none, narrowTo }: Props) {
  if (!party) return <span className="text-muted">{none}</span>;
  const name = party.name ? <bdi>{party.name}</bdi> : <code className="text-xs break-all">{party.id}</code>;
  if (!narrowTo) return name;
  return (
    <Link
      href={narrowTo(party.id)}
      title={`Only events of ${party.name ?? party.id}`}
      className="underline-offset-4 hover:underline"
    >
      {name}
    </Link>
  );
}
