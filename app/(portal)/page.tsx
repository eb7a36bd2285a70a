import { ArrowDownToLine, ArrowUpFromLine } from "lucide-react";
import { ChoiceLink } from "@/components/portal/choice-link";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";

export default async function StartPage() {
  const actor = await requireActor("/");
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={`Hello, ${actor.name}`}
        lead="Where should the data come from, or where should it go?"
      />
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
