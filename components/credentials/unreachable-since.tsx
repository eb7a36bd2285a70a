import { Icon } from "@/components/ui/icon";
import { TimeAgo } from "@/components/ui/time-ago";

type Props = {
  /** ISO 8601; null while the server answers. */
  since: string | null;
  /** ISO 8601. */
  now: string;
};

/** That a credential's server does not answer. */
export function UnreachableSince({ since, now }: Props) {
  if (since === null) return null;
  return (
    <span className="listed-outage">
      <Icon name="cloud-off" />
      <span>
        Server unreachable since <TimeAgo at={since} now={now} />
      </span>
    </span>
  );
}
