import { ArrowDownToLine, ArrowUpFromLine, KeyRound, UsersRound } from "lucide-react";
import { ChoiceLink } from "@/components/portal/choice-link";
import { ProposalsToAnswer } from "@/components/teams/team-notices";
import { OffersToMe } from "@/components/transfers/offers-to-me";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { credentialsPath } from "@/lib/paths";
import { listProposalsToAnswer } from "@/lib/teams/queries";
import { listOffersTo } from "@/lib/transfers/queries";

export default async function StartPage() {
  const actor = await requireActor("/");
  const db = await database();
  const [offers, proposals] = await Promise.all([listOffersTo(db, actor), listProposalsToAnswer(db, actor)]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={`Hello, ${actor.name}`}
        lead="Where should the data come from, or where should it go?"
      />
      <OffersToMe offers={offers} now={new Date()} />
      <ProposalsToAnswer proposals={proposals} now={new Date()} />
      <ul className="grid gap-4 sm:grid-cols-2">
        <ChoiceLink href="/sources/new" icon={ArrowDownToLine} title="New data source">
          Read projects, repositories, commits and pull requests from a server.
        </ChoiceLink>
        <ChoiceLink href="/destinations/new" icon={ArrowUpFromLine} title="New data destination">
          Write build states, comments and reports to a server.
        </ChoiceLink>
      </ul>
      <section aria-labelledby="already-here" className="flex flex-col gap-4">
        <h2 id="already-here" className="font-semibold">
          What is here already
        </h2>
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <ChoiceLink href="/sources" icon={ArrowDownToLine} title="Data sources">
            Yours, and those shared with you.
          </ChoiceLink>
          <ChoiceLink href="/destinations" icon={ArrowUpFromLine} title="Data destinations">
            Yours, and those shared with you.
          </ChoiceLink>
          <ChoiceLink href={credentialsPath} icon={KeyRound} title="Credentials">
            Which work, as whom, and until when.
          </ChoiceLink>
          <ChoiceLink href="/teams" icon={UsersRound} title="Teams">
            Who uses things together with you.
          </ChoiceLink>
        </ul>
      </section>
    </div>
  );
}
