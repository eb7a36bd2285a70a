import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { classNames } from "./class-names";

const kinds = {
  good: { icon: "circle-check", look: "bg-good-soft text-good" },
  info: { icon: "info", look: "bg-accent-soft text-accent" },
  warn: { icon: "triangle-alert", look: "bg-warn-soft text-warn" },
  bad: { icon: "circle-alert", look: "bg-bad-soft text-bad" },
} as const;

type Props = {
  kind: keyof typeof kinds;
  title: string;
  children?: ReactNode;
  /** "alert" announces at once, "status" at the next pause; left out for a notice that is there from the start. */
  role?: "alert" | "status";
};

/** One message for the user, shown in place for as long as it holds. */
export function Notice({ kind, title, children, role }: Props) {
  const { icon, look } = kinds[kind];
  return (
    <div
      role={role}
      tabIndex={role === "alert" ? -1 : undefined}
      className={classNames("flex gap-3 rounded-xl border border-transparent px-4 py-3 text-sm", look)}
    >
      <Icon name={icon} className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium break-words">{title}</p>
        {children && <div className="flex flex-col gap-1.5 break-words text-ink">{children}</div>}
      </div>
    </div>
  );
}
