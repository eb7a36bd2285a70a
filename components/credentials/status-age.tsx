import { TimeAgo } from "@/components/ui/time-ago";
import type { CredentialTile } from "@/lib/credentials/types";
import { type Shown, shownBadges } from "./status-looks";

type Props = {
  credential: Shown & Pick<CredentialTile, "checkedAt">;
  /** ISO 8601. */
  now: string;
};

/** When the latest check was made; nothing before the first. Beside the end of a key it says what happened then. */
export function StatusAge({ credential, now }: Props) {
  const { checkedAt } = credential;
  if (checkedAt === null) return null;
  const isResult = shownBadges(credential, now).every(({ icon }) => icon !== "ended" && icon !== "ends-soon");
  return (
    <span>
      {!isResult && "checked "}
      <TimeAgo at={checkedAt} now={now} />
    </span>
  );
}
