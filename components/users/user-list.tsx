import { RowList } from "@/components/ui/card";
import { OlderLink, TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import { countOf } from "@/lib/text/count-of";
import type { User } from "@/lib/users/types";
import { UserState } from "./user-details";

type Props = { users: readonly User[]; next: string | null; now: string };

/** Accounts, newest first, each a link to its page. */
export function UserList({ users, next, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList aria-label="Users">
        {users.map((user) => (
          <li
            key={user.id}
            className="grid items-center gap-x-6 gap-y-2 px-5 py-3.5 sm:grid-cols-[minmax(0,1fr)_auto_14rem]"
          >
            <div className="flex min-w-0 flex-col">
              <TitleLink href={`/admin/users/${user.id}`}>{user.name}</TitleLink>
              <span className="text-sm break-all text-muted">{user.email}</span>
            </div>
            <UserState user={user} />
            <span className="text-sm text-muted sm:text-right">
              {user.lastSeenAt ? (
                <>
                  seen <TimeAgo at={user.lastSeenAt} now={now} />
                </>
              ) : (
                "never seen"
              )}
              {", "}
              {countOf(user.sessions, "session")}
            </span>
          </li>
        ))}
      </RowList>
      <OlderLink href={next} />
    </div>
  );
}
