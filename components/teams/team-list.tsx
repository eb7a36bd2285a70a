import { RowList } from "@/components/ui/card";
import { PageLinks, RowLink } from "@/components/ui/list-links";
import type { PagePaths } from "@/lib/paths";
import type { TeamSummary } from "@/lib/teams/types";
import { countOf } from "@/lib/text/count-of";
import { TeamRoleBadge } from "./team-role-badge";

type Props = { teams: readonly TeamSummary[]; pages?: PagePaths };

/** Teams with the user's role and the number of members, each a link to its page. */
export function TeamList({ teams, pages }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList aria-label="Teams" data-matches>
        {teams.map(({ id, name, description, role, memberCount }) => (
          <li
            key={id}
            className="linked-row flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-4 sm:flex-nowrap lg:min-h-11 lg:py-1"
          >
            <div className="flex min-w-0 flex-col gap-0.5 lg:gap-0">
              <RowLink href={`/teams/${id}`} title={name}>
                {name}
              </RowLink>
              {description && (
                <p className="row-second text-muted max-lg:line-clamp-2 max-lg:text-sm max-lg:wrap-anywhere">
                  {description}
                </p>
              )}
            </div>
            <span className="flex shrink-0 items-center gap-3 text-sm text-muted">
              {role && <TeamRoleBadge role={role} />}
              {countOf(memberCount, "member")}
            </span>
          </li>
        ))}
      </RowList>
      {pages && <PageLinks paths={pages} />}
    </div>
  );
}
