import { ArrowDownToLine, ArrowUpFromLine } from "lucide-react";
import { OffersToMe } from "@/components/handovers/offers-to-me";
import { ChoiceLink } from "@/components/portal/choice-link";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { listOffersTo } from "@/lib/handovers/queries";

export default async function StartPage() {
  const actor = await requireActor("/");
  const offers = await listOffersTo(await database(), actor);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={`Hello, ${actor.name}`}
        lead="Where should the data come from, or where should it go?"
      />
      <OffersToMe offers={offers} now={new Date()} />
      <ul className="grid gap-4 sm:grid-cols-2">
        <ChoiceLink href="/sources/new" icon={ArrowDownToLine} title="New data source">
          Read projects, repositories, commits and pull requests from a server.
        </ChoiceLink>
        <ChoiceLink href="/destinations/new" icon={ArrowUpFromLine} title="New data destination">
          Write build states, comments and reports to a server.
        </ChoiceLink>
      </ul>
    </div>
  );
}
