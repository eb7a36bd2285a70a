"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  href: string;
  /** The beginning of every address that the link stands for, where it is not the link's own. */
  section?: string;
  /** Whether the link stands for the addresses below it as well. */
  isSection?: boolean;
  children: ReactNode;
};

/** A link of a navigation that says when one is inside what it names. */
export function NavLink({ href, section = href, isSection = true, children }: Props) {
  const pathname = usePathname();
  const isHere = pathname === section || (isSection && pathname.startsWith(`${section}/`));
  const link = useRef<HTMLAnchorElement>(null);

  // On a narrow screen the navigation scrolls sideways, and where one is may lie beyond its edge.
  useEffect(() => {
    const { current } = link;
    const navigation = current?.parentElement;
    if (!isHere || !current || !navigation) return;
    const hidden = current.getBoundingClientRect().right - navigation.getBoundingClientRect().right;
    if (hidden > 0) navigation.scrollLeft += hidden + 16;
  }, [isHere]);

  return (
    <Link
      ref={link}
      href={href}
      // Not fetched ahead: a page is made for one person at one moment, and most are never opened.
      prefetch={false}
      aria-current={isHere ? "page" : undefined}
      className="shrink-0 rounded-lg px-1.5 py-1.5 sm:px-3 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
    >
      {children}
    </Link>
  );
}
