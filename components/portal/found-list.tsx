import { RowList } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { TitleLink } from "@/components/ui/list-links";
import { withQuery } from "@/lib/paths";
import { type Found, foundKinds } from "@/lib/search/types";
import { foundLooks } from "./found-kinds";

/** What a search over everything found, by kind, each with a link to the list of its kind. */
export function FoundList({ found, text }: { found: readonly Found[]; text: string }) {
  return foundKinds.map((kind) => {
    const ofKind = found.filter((one) => one.kind === kind);
    if (ofKind.length === 0) return null;
    const { heading, icon, list } = foundLooks[kind];
    return (
      <section key={kind} aria-labelledby={`found-${kind}`} className="flex flex-col gap-3">
        <header className="flex items-baseline justify-between gap-4">
          <h2 id={`found-${kind}`} className="font-semibold">
            {heading}
          </h2>
          <Link
            href={withQuery(list, { q: text })}
            className="text-sm font-medium text-accent underline underline-offset-4"
          >
            All in {heading}
          </Link>
        </header>
        <RowList data-matches>
          {ofKind.map(({ href, name, about }) => (
            <li key={href} className="flex items-start gap-3 px-5 py-3">
              <Icon name={icon} className="mt-1 size-4 shrink-0 text-muted" />
              <span className="flex min-w-0 flex-col">
                <TitleLink href={href}>{name}</TitleLink>
                {about && <span className="line-clamp-1 text-sm break-all text-muted">{about}</span>}
              </span>
            </li>
          ))}
        </RowList>
      </section>
    );
  });
}
