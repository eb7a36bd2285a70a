import type { Metadata } from "next";
import { TeamForm } from "@/components/teams/team-form";
import { cardStyle } from "@/components/ui/card";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { addTeamAction } from "@/lib/teams/actions";

export const metadata: Metadata = { title: "New team" };

export default async function NewTeamPage() {
  await requireActorUnlessPosting("/teams/new");
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href="/teams">Teams</BackLink>
      <PageHeader title="New team" lead="You are its owner, and let others in afterwards." />
      <div className={cardStyle()}>
        <TeamForm action={addTeamAction} />
      </div>
    </div>
  );
}
