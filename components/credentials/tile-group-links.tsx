import { Link } from "@/components/ui/link";
import type { TileGroups } from "@/lib/credentials/types";
import { withQuery } from "@/lib/paths";
import { countedInWords } from "@/lib/text/count-of";

type Props = {
  path: string;
  groups: TileGroups;
  /** The group in the address; empty for all. */
  shown: string;
  /** What the address keeps when the group changes: the search and the selected credential. */
  kept: Readonly<Record<string, string | null | undefined>>;
};

/** Filters the tiles: own, shared with the user, or a team's. Hidden for users with whom nothing is shared. */
export function TileGroupLinks({ path, groups, shown, kept }: Props) {
  const { all, mine, shared, teams } = groups;
  if (shared === 0 && teams.length === 0) return null;
  const links = [
    { show: "", label: "All", count: all },
    { show: "mine", label: "Mine", count: mine },
    { show: "shared", label: "Shared with me", count: shared },
    ...teams.map(({ id, name, count }) => ({ show: id, label: name, count })),
  ].filter(({ show, count }) => count > 0 || show === shown);
  return (
    <nav aria-label="Show credentials" className="flex flex-wrap gap-2">
      {links.map(({ show, label, count }) => (
        <Link
          key={show}
          href={withQuery(path, { ...kept, show })}
          aria-current={show === shown ? "page" : undefined}
          className="inline-flex max-w-[min(100%,20rem)] items-center gap-1.5 rounded-full border border-line bg-surface px-3 py-1.5 text-sm hover:border-line-strong aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
        >
          <span className="truncate" title={label}>
            {label}
          </span>
          <span className="text-muted">{countedInWords(count)}</span>
        </Link>
      ))}
    </nav>
  );
}
