import type { iconDrawings } from "./icon-drawings";

/** The name of a drawing in the sprite. */
export type IconName = keyof typeof iconDrawings;

/** Changes with the sprite, which browsers keep for a year; `icon-drawings.test.ts` says what it has to be. */
export const iconsVersion = "2f31b117";
/** Where the sprite is: one file for all pages, so that no page and no script carries drawings. */
export const iconsPath = `/icons.svg?v=${iconsVersion}`;

/** A picture beside words that say the same; hidden from screen readers. */
export function Icon({ name, className = "" }: { name: IconName; className?: string | undefined }) {
  return (
    <svg aria-hidden className={className ? `icon ${className}` : "icon"}>
      <use href={`${iconsPath}#${name}`} />
    </svg>
  );
}
