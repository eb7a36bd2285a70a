import { Badge } from "@/components/ui/badge";
import { Detail } from "@/components/ui/detail";
import { TimeAgo } from "@/components/ui/time-ago";
import { countOf } from "@/lib/text/count-of";
import type { User } from "@/lib/users/types";

type Props = { user: User; now: string };

/** The details of an account. */
export function UserDetails({ user, now }: Props) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-5 sm:grid-cols-2">
      <Detail name="Email">
        <span className="break-all">{user.email}</span>
      </Detail>
      <Detail name="State">
        <UserState user={user} />
      </Detail>
      <Detail name="Account made">
        <TimeAgo at={user.createdAt} now={now} />
      </Detail>
      <Detail name="Last seen">
        {user.lastSeenAt ? <TimeAgo at={user.lastSeenAt} now={now} /> : "Never"}
        {", "}
        {countOf(user.sessions, "session")} alive
      </Detail>
    </dl>
  );
}

type UserStateProps = { user: Pick<User, "role" | "disabledAt"> };

/** Role and state of an account, one word each. */
export function UserState({ user }: UserStateProps) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {user.role === "administrator" && <Badge tone="plain" icon="shield-check" label="Administrator" />}
      {user.disabledAt ? (
        <Badge tone="bad" icon="circle-slash" label="Disabled" />
      ) : (
        <Badge tone="good" icon="circle-check" label="Enabled" />
      )}
    </span>
  );
}
