import type { Metadata } from "next";
import { AttemptList } from "@/components/account/attempt-list";
import { ChannelForm } from "@/components/account/channel-form";
import { WebhookPanel } from "@/components/account/webhook-panel";
import { Section } from "@/components/ui/card";
import { FlashMessage } from "@/components/ui/flash-message";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { mailSettings } from "@/lib/mail/settings";
import { chooseChannelsAction } from "@/lib/notifications/actions";
import { listChoices } from "@/lib/notifications/queries";
import {
  addWebhookAction,
  removeWebhookAction,
  testWebhookAction,
} from "@/lib/notifications/webhooks/actions";
import { findWebhook, listAttempts } from "@/lib/notifications/webhooks/queries";
import { channels } from "@/lib/notifications/writing/channels";
import { only, type SearchParams } from "@/lib/text/search-param";
import { CalendarSection } from "./calendar-section";

export const metadata: Metadata = { title: "Notifications" };

const doneInWords: Record<string, string> = {
  "calendar-revoked": "The calendar address has ended",
  choices: "Your choices are saved",
  "webhook-removed": "The webhook is removed",
};

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams<"done"> }) {
  const actor = await requireActor("/account/notifications");
  const { done } = only(await searchParams);
  const db = await database();
  const [choices, webhook, attempts] = await Promise.all([
    listChoices(db, actor),
    findWebhook(db, actor),
    listAttempts(db, actor),
  ]);
  const now = new Date().toISOString();
  const hasMail = mailSettings() !== null;
  const isOffered = { inbox: true, email: hasMail, webhook: webhook !== null };
  const said = done && doneInWords[done];
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <BackLink href="/account">Your account</BackLink>
      <PageHeader title="Notifications" lead="What you hear about, and where." />
      {said && <FlashMessage title={said} parameter="done" />}
      <Section title="Channels">
        {!hasMail && (
          <p className="text-sm text-muted">
            E-mail is not offered: the portal has no mail server. Its operator can set SMTP_URL.
          </p>
        )}
        <ChannelForm
          action={chooseChannelsAction}
          choices={choices}
          shown={channels.filter((channel) => isOffered[channel])}
        />
      </Section>
      <Section title="Webhook">
        <WebhookPanel
          webhook={webhook}
          add={addWebhookAction}
          remove={removeWebhookAction}
          test={testWebhookAction}
        />
      </Section>
      <CalendarSection actor={actor} now={now} />
      <Section title="Delivery log" aside="The last 50 attempts">
        <AttemptList attempts={attempts} now={now} />
      </Section>
    </div>
  );
}
