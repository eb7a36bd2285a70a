import { Link } from "@/components/ui/link";
import { type Direction, pathOf } from "@/lib/paths";

/** Says that the list is narrowed to failed and incomplete runs, or that there are none, with the way back. */
export function OnlyFailed({ direction, isEmpty }: { direction: Direction; isEmpty: boolean }) {
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm text-muted">
      {isEmpty
        ? "There is none whose latest run failed or is incomplete."
        : "Only those whose latest run failed or is incomplete."}
      <Link href={`/${pathOf(direction)}`} className="font-medium text-accent underline underline-offset-4">
        Show all data {direction}s
      </Link>
    </p>
  );
}
