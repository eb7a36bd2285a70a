import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InvitePanel } from "@/components/invitations/invite-panel";
import { MemberPanel } from "@/components/teams/member-panel";
import { ProposalPanel } from "@/components/teams/proposal-panel";
import { LeaveTeam, TeamLinks } from "@/components/teams/team-controls";
import { TeamItems } from "@/components/teams/team-items";
import { TeamFlash } from "@/components/teams/team-notices";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { listTeamInvitations } from "@/lib/invitations/queries";
import { leaveTeamAction, undoRemoveMemberAction } from "@/lib/teams/actions";
import { mayOnTeam } from "@/lib/teams/policy";
import { findTeam, getTeamHoldings, listLeaveStops, listMembers, listProposals } from "@/lib/teams/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { invitationActions, memberActions, proposalActions } from "./team-actions";

type Props = { params: Promise<{ team: string }>; searchParams: SearchParams<"done" | "undo"> };

async function load({ params }: Props) {
  const { team: id } = await params;
  const actor = await requireActor(`/teams/${id}`);
  const db = await database();
  return { actor, db, team: (await findTeam(db, actor, id)) ?? notFound() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await load(props)).team.name };
}

export default async function TeamPage(props: Props) {
  const { actor, db, team } = await load(props);
  const told = only(await props.searchParams);
  const [members, stops, proposals, invitations, held] = await Promise.all([
    listMembers(db, actor, team.id),
    listLeaveStops(db, actor, team.id),
    listProposals(db, actor, team.id),
    listTeamInvitations(db, actor, team.id),
    getTeamHoldings(db, actor, team.id),
  ]);
  const now = new Date().toISOString();
  return (
    <div className="flex flex-col gap-6">
      <BackLink href="/teams">Teams</BackLink>
      <PageHeader title={team.name} lead={team.description} action={<TeamLinks team={team} />} />
      <TeamFlash teamId={team.id} undoRemove={undoRemoveMemberAction} {...told} />
      <ProposalPanel team={team} proposals={proposals} actions={proposalActions} now={now} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <MemberPanel team={team} members={members} stops={stops} actions={memberActions} now={now} />
        <div className="flex min-w-0 flex-col gap-6">
          <TeamItems teamId={team.id} held={held} />
          {mayOnTeam(team.standings, "invite") && (
            <InvitePanel teamId={team.id} invitations={invitations} actions={invitationActions} now={now} />
          )}
          <LeaveTeam action={leaveTeamAction} team={team} stops={stops.get(actor.userId) ?? null} />
        </div>
      </div>
    </div>
  );
}
