import { TimeAgo } from "@/components/ui/time-ago";
import type { CredentialTile } from "@/lib/credentials/types";
import { type Shown, shownBadges, statusLooks } from "./status-badge";

type Props = {
  credential: Shown & Pick<CredentialTile, "checkedAt">;
  /** ISO 8601. */
  now: string;
};

/** When the latest check was made; nothing before the first. Beside the end of a key it says what happened then. */
export function StatusAge({ credential, now }: Props) {
  const { checkedAt } = credential;
  if (checkedAt === null) return null;
  const ends: readonly string[] = [statusLooks.ended.icon, statusLooks["ends-soon"].icon];
  const isResult = shownBadges(credential, now).every(({ icon }) => !ends.includes(icon));
  return (
    <span>
      {!isResult && "checked "}
      <TimeAgo at={checkedAt} now={now} />
    </span>
  );
}
