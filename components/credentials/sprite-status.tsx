import { SpriteIcon } from "@/components/ui/icon-sprite";
import { type Shown, shownBadges } from "./status-looks";

type Props = {
  credential: Shown;
  /** ISO 8601. */
  now: string;
};

/**
 * The status of a credential in a few words, for a page that shows it many times. Its icons come from the page's
 * `IconSprite`, which needs `statusIcons`.
 */
export function SpriteStatus({ credential, now }: Props) {
  return shownBadges(credential, now).map(({ icon, tone, label }) => (
    <span key={icon} className={`badge is-${tone}`}>
      <SpriteIcon name={icon} />
      <span>{label}</span>
    </span>
  ));
}
