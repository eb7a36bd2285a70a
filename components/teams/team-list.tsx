import { RowList } from "@/components/ui/card";
import { OlderLink, TitleLink } from "@/components/ui/list-links";
import type { TeamSummary } from "@/lib/teams/types";
import { countOf } from "@/lib/text/count-of";
import { TeamRoleBadge } from "./team-role-badge";

type Props = { teams: readonly TeamSummary[]; next?: string | null };

/** Teams with the user's role and the number of members, each a link to its page. */
export function TeamList({ teams, next }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList aria-label="Teams">
        {teams.map(({ id, name, description, role, memberCount }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-4 sm:flex-nowrap"
          >
            <div className="flex min-w-0 flex-col gap-0.5">
              <TitleLink href={`/teams/${id}`}>{name}</TitleLink>
              {description && (
                <p className="line-clamp-2 text-sm [overflow-wrap:anywhere] text-muted">{description}</p>
              )}
            </div>
            <span className="flex shrink-0 items-center gap-3 text-sm text-muted">
              {role && <TeamRoleBadge role={role} />}
              {countOf(memberCount, "member")}
            </span>
          </li>
        ))}
      </RowList>
      <OlderLink href={next} />
    </div>
  );
}
