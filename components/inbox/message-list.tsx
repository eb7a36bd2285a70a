import { RowList } from "@/components/ui/card";
import { KeptFocus } from "@/components/ui/kept-focus";
import { Link } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { InboxMessage } from "@/lib/notifications/types";
import type { PagePaths } from "@/lib/paths";

type Props = {
  messages: readonly InboxMessage[];
  now: string;
  pages: PagePaths;
};

/** The user's messages, newest first; unread ones have a dot and say so. */
export function MessageList({ messages, now, pages }: Props) {
  return (
    <KeptFocus className="flex flex-col gap-4">
      <RowList aria-label="Messages">
        {messages.map((message) => (
          <Message key={message.id} message={message} now={now} />
        ))}
      </RowList>
      <PageLinks paths={pages} />
    </KeptFocus>
  );
}

function Message({
  message: { title, cure, link, at, isUnread },
  now,
}: {
  message: InboxMessage;
  now: string;
}) {
  return (
    <li className="flex gap-3 px-4 py-4 sm:px-5">
      <span
        aria-hidden
        className={`mt-2 size-2 shrink-0 rounded-full ${isUnread ? "bg-accent" : "bg-transparent"}`}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className={`wrap-anywhere ${isUnread ? "font-semibold" : ""}`}>
          {isUnread && <span className="sr-only">Unread: </span>}
          {title}
        </p>
        <p className="text-sm wrap-anywhere text-muted">
          {cure}{" "}
          {link && (
            <Link href={link.href} className="font-medium text-accent underline underline-offset-4">
              {link.label}
            </Link>
          )}
        </p>
        <p className="text-sm text-muted">
          <TimeAgo at={at} now={now} />
        </p>
      </div>
    </li>
  );
}
