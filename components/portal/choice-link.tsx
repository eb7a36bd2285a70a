import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

type Props = { href: string; icon: IconName; title: string; children: ReactNode };

/** A choice as a large tile; an item of a list. */
export function ChoiceLink({ href, icon, title, children }: Props) {
  return (
    <li>
      <Link
        href={href}
        className="flex h-full items-start gap-4 rounded-2xl border border-line bg-surface p-5 shadow-rest transition hover:border-line-strong hover:shadow-lift"
      >
        <span className="rounded-xl bg-accent-soft p-2.5 text-accent">
          <Icon name={icon} className="size-5" />
        </span>
        <span className="flex flex-col gap-1">
          <span className="font-semibold">{title}</span>
          <span className="text-sm text-muted">{children}</span>
        </span>
      </Link>
    </li>
  );
}
