import type { Metadata } from "next";
import { InviteForm } from "@/components/invitations/invite-form";
import { OpenInvitations } from "@/components/invitations/open-invitations";
import { TeamChoice } from "@/components/teams/team-choice";
import { Section } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { inviteToPortalAction, revokeInvitationAction } from "@/lib/invitations/actions";
import { listPortalInvitations } from "@/lib/invitations/queries";
import { listTeamNames } from "@/lib/teams/queries";

export async function generateMetadata(): Promise<Metadata> {
  // Checked here too: the title would reveal to other users what is at this address.
  await requireAdministrator("/admin/users/invitations");
  return { title: "Invitations" };
}

export default async function InvitationsPage() {
  const actor = await requireAdministrator("/admin/users/invitations");
  const db = await database();
  const [invitations, teams] = await Promise.all([
    listPortalInvitations(db, actor),
    listTeamNames(db, actor),
  ]);
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <BackLink href="/admin/users">Users</BackLink>
      <PageHeader title="Invitations" lead="Links with which people make an account of their own." />
      {env().SIGN_UP === "closed" && (
        <Notice kind="warn" title="This portal takes no new accounts">
          Links work once SIGN_UP is “invite” or “open”.
        </Notice>
      )}
      <Section title="Invite a person">
        <InviteForm action={inviteToPortalAction}>
          <TeamChoice teams={teams} />
        </InviteForm>
      </Section>
      <Section title="Open invitations">
        <OpenInvitations
          invitations={invitations}
          revoke={revokeInvitationAction}
          withTeam
          now={new Date().toISOString()}
        />
      </Section>
    </div>
  );
}
