import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { AttemptList } from "@/components/account/attempt-list";
import { teamsCrumb } from "@/components/portal/crumbs";
import { TeamMailSections, TeamWebhookSections } from "@/components/teams/team-channels";
import { Section } from "@/components/ui/card";
import { FlashMessage } from "@/components/ui/flash-message";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { mailSettings } from "@/lib/mail/settings";
import { findTeamMail } from "@/lib/notifications/team-mail/queries";
import { teamNewsGroups } from "@/lib/notifications/webhooks/form-schema";
import { findTeamWebhook, listTeamAttempts } from "@/lib/notifications/webhooks/queries";
import { teamNewsPath } from "@/lib/paths";
import { mayOnTeam } from "@/lib/teams/policy";
import { findTeam } from "@/lib/teams/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { ofMail, ofWebhook } from "./channel-actions";

type Props = { params: Promise<{ team: string }>; searchParams: SearchParams<"done"> };

// Title and page need the same row, so the row is read once per request.
const readOwned = cache(async (id: string) => {
  const actor = await requireActor(teamNewsPath(id));
  const team = await findTeam(await database(), actor, id);
  return team && mayOnTeam(team.standings, "manageWebhook") ? { actor, team } : notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Notifications of ${(await readOwned((await params).team)).team.name}` };
}

const doneInWords: Record<string, string> = {
  choices: "The team's choices are saved",
  "webhook-removed": "The webhook is removed",
  "mail-added": "The e-mail address is added; the log says whether its first e-mail arrived",
  "mail-added-under-way":
    "The e-mail address is added; its first e-mail is on its way, and the log will tell",
  "mail-removed": "The e-mail address is removed",
};

export default async function TeamNotificationsPage({ params, searchParams }: Props) {
  const { actor, team } = await readOwned((await params).team);
  const { done } = only(await searchParams);
  const db = await database();
  const [webhook, mail, attempts] = await Promise.all([
    findTeamWebhook(db, actor, team.id),
    findTeamMail(db, actor, team.id),
    listTeamAttempts(db, actor, team.id),
  ]);
  const said = done && doneInWords[done];
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <BackLink href={`/teams/${team.id}`} within={[teamsCrumb]}>
        {team.name}
      </BackLink>
      <PageHeader
        title="Notifications"
        lead="What is posted and mailed about the credentials, sources and destinations that are shared with the team. Members have notifications of their own."
      />
      {said && <FlashMessage title={said} parameter="done" />}
      <TeamWebhookSections teamId={team.id} webhook={webhook} actions={ofWebhook} />
      <TeamMailSections teamId={team.id} mail={mail} hasMail={mailSettings() !== null} actions={ofMail} />
      <Section title="Delivery log" aside="The last 50 attempts">
        <AttemptList attempts={attempts} now={new Date().toISOString()} groups={teamNewsGroups} />
      </Section>
    </div>
  );
}
