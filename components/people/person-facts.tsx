import { CircleCheck, CircleSlash, ShieldCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Fact } from "@/components/ui/fact";
import { TimeAgo } from "@/components/ui/time-ago";
import { countOf } from "@/lib/text/count-of";
import type { Person } from "@/lib/users/types";

type Props = { person: Person; now: string };

/** What the portal knows of an account. */
export function PersonFacts({ person, now }: Props) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-5 sm:grid-cols-2">
      <Fact name="Email">
        <span className="break-all">{person.email}</span>
      </Fact>
      <Fact name="State">
        <PersonState person={person} />
      </Fact>
      <Fact name="Account made">
        <TimeAgo at={person.createdAt} now={now} />
      </Fact>
      <Fact name="Last seen">
        {person.lastSeenAt ? <TimeAgo at={person.lastSeenAt} now={now} /> : "Never"}
        {", "}
        {countOf(person.sessions, "session")} alive
      </Fact>
    </dl>
  );
}

type PersonStateProps = { person: Pick<Person, "role" | "disabledAt"> };

/** Role and state of an account, each in a word. */
export function PersonState({ person }: PersonStateProps) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {person.role === "administrator" && <Badge tone="plain" icon={ShieldCheck} label="Administrator" />}
      {person.disabledAt ? (
        <Badge tone="bad" icon={CircleSlash} label="Disabled" />
      ) : (
        <Badge tone="good" icon={CircleCheck} label="Enabled" />
      )}
    </span>
  );
}
