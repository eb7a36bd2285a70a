import { foundLooks } from "@/components/portal/found-kinds";
import { Section } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { TitleLink } from "@/components/ui/list-links";
import { credentialPath, endpointPath } from "@/lib/paths";
import type { TeamHoldings } from "@/lib/teams/types";

/** What is shared with a team, as far as the reader sees it: what a new member can use now. */
export function TeamItems({ teamId, held }: { teamId: string; held: TeamHoldings | null }) {
  if (held === null) {
    return (
      <Section title="Shared with this team">
        <p className="text-sm text-muted">
          Nothing yet. On the page of a credential, source or destination, Share gives the team access.
        </p>
      </Section>
    );
  }
  const items = [
    ...held.credentials.map((one) => ({
      ...one,
      href: credentialPath(one.id),
      icon: foundLooks.credential.icon,
    })),
    ...held.endpoints.map(({ direction, ...one }) => ({
      ...one,
      href: endpointPath(direction, one.id),
      icon: foundLooks[direction].icon,
    })),
  ];
  return (
    <Section title="Shared with this team">
      <ul className="flex flex-col gap-2">
        {items.map(({ id, name, href, icon }) => (
          <li key={id} className="flex min-w-0 items-center gap-2 text-sm">
            <Icon name={icon} className="size-4 shrink-0 text-muted" />
            <TitleLink href={href}>{name}</TitleLink>
          </li>
        ))}
      </ul>
      {held.more > 0 && (
        <p className="text-sm text-muted">
          {items.length === 0 ? `${held.more} that you may not see` : `And ${held.more} more`}
        </p>
      )}
      {held.credentials.length > 0 && (
        <p className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
          <TitleLink href={`/credentials?whose=${teamId}`} className="text-accent">
            Its credentials
          </TitleLink>
          <TitleLink href="/sources/new" className="text-accent">
            New data source
          </TitleLink>
        </p>
      )}
    </Section>
  );
}
