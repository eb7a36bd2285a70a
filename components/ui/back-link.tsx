import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** The way up, above a page's title. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="-ml-1 inline-flex max-w-full items-center gap-1 self-start rounded-lg text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
    >
      <ChevronLeft aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 break-words">{children}</span>
    </Link>
  );
}
