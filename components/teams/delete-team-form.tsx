"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { pathOf } from "@/lib/paths";
import type { TeamHoldings } from "@/lib/teams/types";
import { countOf } from "@/lib/text/count-of";

type Props = { action: FormAction<null, TeamHoldings>; teamId: string };

/** Deletes a team, or says which access the team still has. */
export function DeleteTeamForm({ action, teamId }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col items-start gap-4">
      <input type="hidden" name="teamId" value={teamId} />
      {error && !error.detail && <RefusalNotice error={error} />}
      {error?.detail && <Holdings title={error.message} holdings={error.detail} />}
      <SubmitButton look="danger" pending={pending} pendingLabel="Deleting…">
        Delete team
      </SubmitButton>
    </form>
  );
}

function Holdings({
  title,
  holdings: { credentials, endpoints, more },
}: {
  title: string;
  holdings: TeamHoldings;
}) {
  const shown = [
    ...credentials.map(({ id, name }) => ({ href: `/credentials/${id}`, name })),
    ...endpoints.map(({ id, direction, name }) => ({ href: `/${pathOf(direction)}/${id}`, name })),
  ];
  return (
    <Notice kind="bad" role="alert" title={title}>
      <p>End what is shared with it first, or ask those who shared it.</p>
      <ul className="list-disc pl-5">
        {shown.map(({ href, name }) => (
          <li key={href}>
            <Link href={href} className="underline underline-offset-4 [overflow-wrap:anywhere]">
              {name}
            </Link>
          </li>
        ))}
        {more > 0 && (
          <li>{shown.length > 0 ? countOf(more, "more thing") : countOf(more, "thing")} of others</li>
        )}
      </ul>
    </Notice>
  );
}
