import { ButtonLink, buttonStyle } from "@/components/ui/buttons";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Column } from "@/lib/connectors/streams";
import { isFiltered, longestSearch, type RecordsView } from "@/lib/datasets/view";

type Props = { path: string; view: RecordsView; columns: readonly Column[]; deleted: number };

/** Searches, filters and orders the records. A GET form, so a view has an address and needs no script. */
export function RecordFilterForm({ path, view, columns, deleted }: Props) {
  const isNarrowed = isFiltered(view) || view.hasDeleted || view.order !== "newest";
  return (
    <search>
      <form
        action={path}
        className="grid grid-cols-1 gap-x-4 gap-y-3 rounded-2xl border border-line bg-surface p-4 shadow-rest sm:grid-cols-2 lg:grid-cols-4"
      >
        <Field
          name="q"
          label="Search"
          type="search"
          placeholder="Text in any value"
          maxLength={longestSearch}
          defaultValue={view.q}
        />
        <Select name="column" label="Column" defaultValue={view.column ?? ""}>
          <option value="">Any</option>
          {columns.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        <Field
          name="value"
          label="Value of the column"
          placeholder="Empty: no value"
          maxLength={longestSearch}
          defaultValue={view.value}
        />
        <Select name="order" label="Order" defaultValue={view.order}>
          <option value="newest">Newest changes first</option>
          <option value="key">By key</option>
        </Select>
        <div className="col-span-full flex flex-wrap items-center gap-x-4 gap-y-2">
          <label className="flex min-h-10 items-center gap-2 text-sm">
            <input
              type="checkbox"
              name="deleted"
              value="include"
              defaultChecked={view.hasDeleted}
              className="size-4 accent-accent"
            />
            Show those deleted on the server
            {deleted === 0 && <span className="text-muted">(none yet)</span>}
          </label>
          <span className="flex grow justify-end gap-2">
            {isNarrowed && (
              <ButtonLink look="quiet" href={path}>
                Clear
              </ButtonLink>
            )}
            <button type="submit" className={buttonStyle("primary")}>
              Show
            </button>
          </span>
        </div>
      </form>
    </search>
  );
}
