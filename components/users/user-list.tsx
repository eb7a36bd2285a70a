import { RowList } from "@/components/ui/card";
import { PageLinks, RowLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { PagePaths } from "@/lib/paths";
import { countOf } from "@/lib/text/count-of";
import type { User } from "@/lib/users/types";
import { UserState } from "./user-details";

type Props = { users: readonly User[]; pages: PagePaths; now: string };

/** Accounts, newest first, each a link to its page. */
export function UserList({ users, pages, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList data-matches aria-label="Users">
        {users.map((user) => (
          <li
            key={user.id}
            className="linked-row grid items-center gap-x-6 gap-y-2 px-5 py-3.5 sm:grid-cols-[minmax(0,1fr)_auto_14rem] lg:min-h-11 lg:py-1"
          >
            <div className="flex min-w-0 flex-col">
              <RowLink href={`/admin/users/${user.id}`} title={user.name}>
                {user.name}
              </RowLink>
              <span className="row-second text-muted max-lg:text-sm max-lg:break-all">{user.email}</span>
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
      <PageLinks paths={pages} />
    </div>
  );
}
