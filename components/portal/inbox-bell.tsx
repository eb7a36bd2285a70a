import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

/** The link to the inbox, with the number of unread messages. */
export function InboxBell({ unread }: { unread: number }) {
  const count = unread > 99 ? "99+" : String(unread);
  return (
    <Link
      href="/inbox"
      className="relative flex size-9 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-ink"
    >
      <Icon name="bell" className="size-5" />
      <span className="sr-only">Inbox{unread > 0 && `, ${count} unread`}</span>
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center text-[0.6875rem] leading-4 font-semibold text-on-accent"
        >
          {count}
        </span>
      )}
    </Link>
  );
}
