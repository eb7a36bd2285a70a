import type { LucideIcon } from "lucide-react";

/** Draws icons once for a page that shows them many times, with `SpriteIcon`. Shows nothing itself. */
export function IconSprite({ icons }: { icons: Readonly<Record<string, LucideIcon>> }) {
  return (
    <svg aria-hidden className="hidden">
      {Object.entries(icons).map(([name, Icon]) => (
        <symbol key={name} id={`icon-${name}`} viewBox="0 0 24 24">
          <Icon />
        </symbol>
      ))}
    </svg>
  );
}

/** An icon of the page's `IconSprite`. */
export function SpriteIcon({ name }: { name: string }) {
  return (
    <svg aria-hidden className="sprite-icon">
      <use href={`#icon-${name}`} />
    </svg>
  );
}
