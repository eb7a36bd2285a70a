import { iconsPath } from "@/lib/paths";
import type { iconDrawings } from "./icon-drawings";

/** The name of a drawing in the sprite. */
export type IconName = keyof typeof iconDrawings;

/** A picture beside words that say the same; hidden from screen readers. */
export function Icon({ name, className = "" }: { name: IconName; className?: string | undefined }) {
  return (
    <svg aria-hidden className={className ? `icon ${className}` : "icon"}>
      <use href={`${iconsPath}#${name}`} />
    </svg>
  );
}
