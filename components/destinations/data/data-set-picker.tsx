import { buttonStyle } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { DestinationStep, ShownInput } from "@/lib/destinations/types";
import { wizardPaths } from "@/lib/paths";
import { countOf } from "@/lib/text/count-of";

type Item = {
  readonly id: string;
  readonly name: string;
  readonly stream: string | null;
  readonly records: number;
  readonly columns: number;
};

/** The data sets that the user may use, as radio buttons; a search finds those that are not shown. */
export function DataSetPicker({ state }: { state: DestinationStep }) {
  const { dataSets, input, choice } = state;
  if (!dataSets) return null;
  const chosen = input?.ref.kind === "source" ? itemOf(input) : null;
  const isInList = dataSets.items.some(({ id }) => id === chosen?.id);
  const items = chosen && !isInList ? [chosen, ...dataSets.items] : dataSets.items;
  const newSource = (
    <Link
      href={wizardPaths("source", state.kind).authenticate}
      className="font-medium text-accent underline underline-offset-4"
    >
      Add a data source
    </Link>
  );
  if (items.length === 0 && dataSets.query === "") {
    return (
      <div className={cardStyle("flex flex-col gap-2")}>
        <p className="font-medium">No data sets yet</p>
        <p className="text-sm text-muted">
          A data source reads one, and others can share theirs with you. {newSource}, or upload a file.
        </p>
      </div>
    );
  }
  return (
    <div className={cardStyle("flex flex-col gap-4")}>
      {(dataSets.hasMore || dataSets.query !== "") && (
        <div className="flex flex-wrap items-end gap-3">
          <label className="flex min-w-0 grow flex-col gap-1.5">
            <span className="text-sm font-medium">Search data sets</span>
            <input
              type="search"
              name="find"
              defaultValue={dataSets.query}
              placeholder="Name of the source"
              maxLength={100}
              autoComplete="off"
              className="min-h-10 w-full rounded-lg border border-line-strong/60 bg-surface px-3 py-2 text-ink shadow-rest placeholder:text-muted/80 hover:border-line-strong"
            />
          </label>
          <button type="submit" name="do" value="search" className={buttonStyle("secondary")}>
            <Icon name="search" className="size-4" />
            Search
          </button>
        </div>
      )}
      <div role="radiogroup" aria-label="Data sets" className="-mx-2 flex flex-col gap-0.5">
        {items.map((item) => (
          <DataSetRadio key={item.id} item={item} isChosen={item.id === choice.input?.id} />
        ))}
      </div>
      {dataSets.items.length === 0 && (
        <p role="status" className="text-sm text-muted">
          No data set is named like “{dataSets.query}”.
        </p>
      )}
      {dataSets.hasMore && (
        <p className="text-sm text-muted">
          These are the first {dataSets.items.length} by name. Search for others.
        </p>
      )}
    </div>
  );
}

function DataSetRadio({ item, isChosen }: { item: Item; isChosen: boolean }) {
  const id = `source-${item.id}`;
  const about = [item.stream, countOf(item.records, "record"), countOf(item.columns, "column")];
  return (
    <label
      htmlFor={id}
      className="flex min-h-11 cursor-pointer items-start gap-2.5 rounded-lg px-2 py-1.5 hover:bg-sunken has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
    >
      <input
        type="radio"
        name="source"
        value={item.id}
        id={id}
        defaultChecked={isChosen}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-about`}
        className="mt-1 size-4 shrink-0 accent-accent outline-none"
      />
      <span className="min-w-0 break-words">
        <bdi id={`${id}-name`}>{item.name}</bdi>
        <span id={`${id}-about`} className="block text-sm text-muted">
          {about.filter((part) => part !== null).join(" · ")}
        </span>
      </span>
    </label>
  );
}

function itemOf({ ref, name, stream, records, columns }: ShownInput): Item {
  return { id: ref.id, name, stream, records, columns: columns.length };
}
