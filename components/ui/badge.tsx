import type { LucideIcon } from "lucide-react";

/** A short state with an icon, so that colour never carries the meaning alone. Its looks are in globals.css. */
export function Badge({
  tone,
  icon: Icon,
  label,
}: {
  tone: "good" | "quiet" | "warn" | "bad" | "plain";
  icon: LucideIcon;
  label: string;
}) {
  return (
    <span className={`badge is-${tone}`}>
      <Icon aria-hidden className="size-3.5" />
      <span>{label}</span>
    </span>
  );
}
