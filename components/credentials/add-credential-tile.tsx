import { Plus } from "lucide-react";
import Link from "next/link";

/** Opens the Add New Credential overlay; without script it opens the page with the same form. */
export function AddCredentialTile({ href, isFirst }: { href: string; isFirst: boolean }) {
  return (
    <Link
      href={href}
      scroll={false}
      className="flex min-h-44 flex-col items-center justify-center gap-2 rounded-2xl border border-dashed border-line-strong/70 p-5 text-center transition hover:border-accent hover:bg-accent-soft"
    >
      <span className="rounded-full bg-accent-soft p-2.5 text-accent">
        <Plus aria-hidden className="size-5" />
      </span>
      <span className="font-semibold">Add Credential</span>
      <span className="text-sm text-muted">
        {isFirst ? "It takes a minute: an address and an API key." : "For another server or account."}
      </span>
    </Link>
  );
}
