import { SpriteIcon } from "@/components/ui/icon-sprite";
import { TimeAgo } from "@/components/ui/time-ago";

type Props = {
  /** ISO 8601; null while the server answers. */
  since: string | null;
  /** ISO 8601. */
  now: string;
};

/** That a credential's server does not answer. Its icon comes from the page's `IconSprite`. */
export function UnreachableSince({ since, now }: Props) {
  if (since === null) return null;
  return (
    <span className="listed-outage">
      <SpriteIcon name="unreachable" />
      <span>
        Server unreachable since <TimeAgo at={since} now={now} />
      </span>
    </span>
  );
}
