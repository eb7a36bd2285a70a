import { RowList } from "@/components/ui/card";
import { OlderLink, TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import { countOf } from "@/lib/text/count-of";
import type { Person } from "@/lib/users/types";
import { PersonState } from "./person-facts";

type Props = { people: readonly Person[]; next: string | null; now: string };

/** Accounts, newest first; each leads to what can be done with it. */
export function PersonList({ people, next, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList aria-label="Users">
        {people.map((person) => (
          <li
            key={person.id}
            className="grid items-center gap-x-6 gap-y-2 px-5 py-3.5 sm:grid-cols-[minmax(0,1fr)_auto_14rem]"
          >
            <div className="flex min-w-0 flex-col">
              <TitleLink href={`/admin/users/${person.id}`}>{person.name}</TitleLink>
              <span className="text-sm break-all text-muted">{person.email}</span>
            </div>
            <PersonState person={person} />
            <span className="text-sm text-muted sm:text-right">
              {person.lastSeenAt ? (
                <>
                  seen <TimeAgo at={person.lastSeenAt} now={now} />
                </>
              ) : (
                "never seen"
              )}
              {", "}
              {countOf(person.sessions, "session")}
            </span>
          </li>
        ))}
      </RowList>
      <OlderLink href={next} />
    </div>
  );
}
