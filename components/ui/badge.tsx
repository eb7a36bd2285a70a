import type { LucideIcon } from "lucide-react";
import { classNames } from "./class-names";

const tones = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  plain: "bg-sunken text-muted ring-1 ring-line ring-inset",
};

/** A short state with an icon, so that colour never carries the meaning alone. */
export function Badge({
  tone,
  icon: Icon,
  label,
}: {
  tone: keyof typeof tones;
  icon: LucideIcon;
  label: string;
}) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 rounded-full py-0.5 pr-2.5 pl-1.5 text-xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {label}
    </span>
  );
}
