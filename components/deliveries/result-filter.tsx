import { ButtonLink, buttonStyle } from "@/components/ui/buttons";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import type { ResultCount, ResultCounts, ResultName } from "@/lib/deliveries/types";
import { resultNames } from "@/lib/deliveries/types";
import { type DeliveriesView, longestKey, viewSearch } from "@/lib/deliveries/view";
import type { RunSummary } from "@/lib/runs/types";
import { grouped } from "@/lib/text/count-of";
import { resultLook } from "./result-looks";

type Props = {
  path: string;
  kind: RunSummary["kind"];
  view: DeliveriesView;
  counts: ResultCounts;
};

/** Filters by result, by links with counts, and searches keys, by a GET form: a view has an address and needs no script. */
export function ResultFilter({ path, kind, view, counts }: Props) {
  const names = resultNames.filter((name) => name === view.result || counts[name].count > 0);
  const all = resultNames.map((name) => counts[name]);
  return (
    <search className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <nav aria-label="Results by kind" className="flex flex-wrap gap-x-1 gap-y-2 text-sm">
        {([null, ...names] as const).map((name) => (
          <Link
            key={name ?? "all"}
            href={`${path}${viewSearch({ ...view, result: name })}`}
            scroll={false}
            aria-current={name === view.result ? "true" : undefined}
            className="inline-flex min-h-8 items-center gap-1.5 rounded-lg px-2.5 text-muted tabular-nums hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
          >
            {labelOf(name, kind)} <span>{countInWords(name === null ? sumOf(all) : counts[name])}</span>
          </Link>
        ))}
      </nav>
      <form action={path} className="flex max-w-full flex-wrap items-end gap-2">
        {view.result && <input type="hidden" name="result" value={view.result} />}
        <Field
          name="key"
          label="Key"
          type="search"
          placeholder="Begins with"
          maxLength={longestKey}
          defaultValue={view.key}
        />
        <button type="submit" className={buttonStyle("secondary")}>
          Search
        </button>
        {view.key !== "" && (
          <ButtonLink look="quiet" href={`${path}${viewSearch({ ...view, key: "" })}`}>
            Clear
          </ButtonLink>
        )}
      </form>
    </search>
  );
}

function labelOf(name: ResultName | null, kind: RunSummary["kind"]): string {
  return name === null ? "All" : resultLook(name, kind).label;
}

function countInWords({ count, isLimit }: ResultCount): string {
  return isLimit ? `over ${grouped(count)}` : grouped(count);
}

function sumOf(counts: readonly ResultCount[]): ResultCount {
  return {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    isLimit: counts.some(({ isLimit }) => isLimit),
  };
}
