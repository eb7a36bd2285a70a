import { Link } from "@/components/ui/link";
import { mostNeedsCounted, type NeedCounts } from "@/lib/overview/types";
import { credentialsPath } from "@/lib/paths";

const links: readonly { of: keyof NeedCounts; label: string; isNoun?: true; href: string }[] = [
  { of: "rejected", label: "rejected", href: `${credentialsPath}?status=rejected` },
  { of: "locked", label: "locked", href: `${credentialsPath}?status=locked` },
  { of: "ended", label: "ended", href: `${credentialsPath}?status=ended` },
  { of: "endsSoon", label: "ending within 30 days", href: `${credentialsPath}?status=ends-soon` },
  { of: "stoppedSources", label: "stopped source", isNoun: true, href: "/sources" },
  { of: "stoppedDestinations", label: "stopped destination", isNoun: true, href: "/destinations" },
  { of: "sources", label: "failed source", isNoun: true, href: "/sources?show=failed" },
  { of: "destinations", label: "failed destination", isNoun: true, href: "/destinations?show=failed" },
];

/** How much there is of each need, as links into the filtered lists; nothing for what there is none of. */
export function NeedCountLinks({ counts }: { counts: NeedCounts }) {
  const shown = links.filter(({ of }) => counts[of] > 0);
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Counts" className="flex flex-wrap gap-x-3 gap-y-1">
      {shown.map(({ of, label, isNoun, href }) => (
        <li key={of}>
          <Link href={href} className="underline underline-offset-4 hover:text-ink">
            <span className="font-medium text-ink tabular-nums">{countInWords(counts[of])}</span>{" "}
            {isNoun && counts[of] !== 1 ? `${label}s` : label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function countInWords(count: number): string {
  return count > mostNeedsCounted ? `${mostNeedsCounted}+` : String(count);
}
