"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { mostNeedsCounted } from "@/lib/overview/types";

type Props = {
  href: string;
  /** The prefix of the addresses that mark this link as current, if it differs from `href`. */
  section?: string;
  /** Whether addresses below `section` count as well. */
  isSection?: boolean;
  /** How much in the section needs the user. */
  needs?: number | null | undefined;
  children: ReactNode;
};

/** A navigation link that is marked as current on the pages of its section. */
export function NavLink({ href, section = href, isSection = true, needs, children }: Props) {
  const pathname = usePathname();
  const isHere = pathname === section || (isSection && pathname.startsWith(`${section}/`));
  const link = useRef<HTMLAnchorElement>(null);
  const count = needs ?? 0;
  const needsId = useId();

  // On a narrow screen the navigation scrolls sideways, and the current link may be out of view.
  useEffect(() => {
    const { current } = link;
    const navigation = current?.closest("nav");
    if (!isHere || !current || !navigation) return;
    const hidden = current.getBoundingClientRect().right - navigation.getBoundingClientRect().right;
    if (hidden > 0) navigation.scrollLeft += hidden + 16;
  }, [isHere]);

  return (
    <span className="relative flex shrink-0">
      <Link
        ref={link}
        href={href}
        // Not prefetched: pages are made per user and moment, and most are never opened.
        aria-current={isHere ? "page" : undefined}
        aria-describedby={count > 0 ? needsId : undefined}
        className={classNames(
          "grow rounded-lg px-1.5 py-1.5 sm:px-3 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent",
          count > 0 && "pr-9 sm:pr-9",
        )}
      >
        {children}
      </Link>
      {count > 0 && (
        <span
          id={needsId}
          className="pointer-events-none absolute top-1/2 right-1.5 min-w-5.5 -translate-y-1/2 rounded-full bg-bad-soft px-1.5 text-center text-xs/5 font-semibold text-bad tabular-nums"
        >
          {count > mostNeedsCounted ? `${mostNeedsCounted}+` : count}
          <span className="sr-only">{count === 1 ? " needs you" : " need you"}</span>
        </span>
      )}
    </span>
  );
}
