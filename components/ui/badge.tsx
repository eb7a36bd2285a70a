import { Icon, type IconName } from "@/components/ui/icon";

/** A short state with an icon, so that colour never carries the meaning alone. Its looks are in globals.css. */
export function Badge({
  tone,
  icon,
  label,
}: {
  tone: "good" | "quiet" | "warn" | "bad" | "plain";
  icon: IconName;
  label: string;
}) {
  return (
    <span className={`badge is-${tone}`}>
      <Icon name={icon} />
      <span>{label}</span>
    </span>
  );
}
