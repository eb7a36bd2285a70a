import type { Metadata } from "next";
import { MessageList } from "@/components/inbox/message-list";
import { ActionButton } from "@/components/portal/action-button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { markInboxReadAction } from "@/lib/notifications/actions";
import { listMessages } from "@/lib/notifications/queries";
import { parseStart } from "@/lib/paging";
import { pagePaths } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage({
  searchParams,
}: {
  searchParams: SearchParams<"after" | "before">;
}) {
  const actor = await requireActor("/inbox");
  const page = await listMessages(await database(), actor, parseStart(only(await searchParams)));
  const [newest] = page.items;
  const hasUnread = page.items.some(({ isUnread }) => isUnread);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <PageHeader
        title="Inbox"
        lead="What needs you, and what happened to what you use."
        action={
          newest &&
          hasUnread && (
            <ActionButton action={markInboxReadAction} fields={{ until: newest.at }}>
              Mark all as read
            </ActionButton>
          )
        }
      />
      {newest ? (
        <MessageList messages={page.items} now={new Date().toISOString()} pages={pagePaths("/inbox", page)} />
      ) : (
        <EmptyState icon="inbox" title="No messages yet">
          You hear here when a credential of yours is refused or ends soon, a server cannot be reached, a run
          fails, or something is shared with you.
        </EmptyState>
      )}
    </div>
  );
}
