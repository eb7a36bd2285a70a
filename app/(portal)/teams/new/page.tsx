import type { Metadata } from "next";
import { TeamForm } from "@/components/teams/team-form";
import { BackLink } from "@/components/ui/back-link";
import { PageHeader } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { addTeamAction } from "@/lib/teams/actions";

export const metadata: Metadata = { title: "New team" };

export default async function NewTeamPage() {
  await requireActorUnlessPosting("/teams/new");
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <BackLink href="/teams">Teams</BackLink>
      <PageHeader title="New team" lead="You are its owner, and let others in afterwards." />
      <div className="rounded-2xl border border-line bg-surface p-5 shadow-rest sm:p-6">
        <TeamForm action={addTeamAction} />
      </div>
    </div>
  );
}
