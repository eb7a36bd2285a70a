import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { teamsCrumb } from "@/components/portal/crumbs";
import { DeleteTeamForm } from "@/components/teams/delete-team-form";
import { TeamForm } from "@/components/teams/team-form";
import { TeamLosses } from "@/components/teams/team-losses";
import { Section } from "@/components/ui/card";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { deleteTeamAction, editTeamAction } from "@/lib/teams/actions";
import { mayOnTeam } from "@/lib/teams/policy";
import { findTeam, listLeaveStops, listLosses } from "@/lib/teams/queries";

export const metadata: Metadata = { title: "Edit team" };

export default async function EditTeamPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: id } = await params;
  const actor = await requireActor(`/teams/${id}/edit`);
  const db = await database();
  const team = await findTeam(db, actor, id);
  if (!team || !mayOnTeam(team.standings, "edit")) notFound();
  const [losses, stops] = await Promise.all([
    listLosses(db, actor, team.id),
    listLeaveStops(db, actor, team.id),
  ]);
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={`/teams/${id}`} within={[teamsCrumb]}>
        {team.name}
      </BackLink>
      <PageHeader title="Edit team" lead="Its name and description, and its end." />
      <Section title="Name and description">
        <TeamForm action={editTeamAction} team={team} />
      </Section>
      <Section title="Delete this team">
        <p className="text-sm text-muted">
          Only a team that holds nothing can be deleted: end first what is shared with it. Its members leave
          it.
        </p>
        <TeamLosses losses={losses} stops={stops} />
        <DeleteTeamForm action={deleteTeamAction} teamId={team.id} />
      </Section>
    </div>
  );
}
