import { WebhookPanel } from "@/components/account/webhook-panel";
import { Section } from "@/components/ui/card";
import type { FormAction } from "@/lib/action-result";
import type { TeamMail } from "@/lib/notifications/team-mail/types";
import type { Sending } from "@/lib/notifications/types";
import type { TeamWebhook } from "@/lib/notifications/webhooks/types";
import { SetBy } from "./set-by";
import { TeamMailPanel } from "./team-mail-panel";
import { TeamNewsForm } from "./team-news-form";

type Actions<Added> = {
  add: FormAction<Added>;
  remove: FormAction<unknown>;
  test: FormAction<Sending>;
  choose: FormAction<unknown>;
};

type WebhookProps = { teamId: string; webhook: TeamWebhook | null; actions: Actions<{ secret: string }> };

/** The webhook of a team, and what is posted there. */
export function TeamWebhookSections({ teamId, webhook, actions: { choose, ...actions } }: WebhookProps) {
  return (
    <>
      <Section title="Webhook">
        {webhook?.setBy && <SetBy {...webhook.setBy} what="webhook" />}
        <WebhookPanel webhook={webhook} teamId={teamId} {...actions} />
      </Section>
      {webhook && (
        <Section title="Messages to the webhook">
          <TeamNewsForm action={choose} teamId={teamId} muted={webhook.mutedKinds} />
        </Section>
      )}
    </>
  );
}

type MailProps = { teamId: string; mail: TeamMail | null; hasMail: boolean; actions: Actions<unknown> };

/** The e-mail address of a team, and what is mailed there. */
export function TeamMailSections({ teamId, mail, hasMail, actions: { choose, ...actions } }: MailProps) {
  return (
    <>
      <Section title="E-mail">
        {mail && <SetBy {...mail.setBy} what="address" />}
        <TeamMailPanel
          teamId={teamId}
          address={mail?.address ?? null}
          isStopped={mail?.isStopped ?? false}
          hasMail={hasMail}
          {...actions}
        />
      </Section>
      {mail && (
        <Section title="Messages by e-mail">
          <TeamNewsForm action={choose} teamId={teamId} muted={mail.mutedKinds} />
        </Section>
      )}
    </>
  );
}
