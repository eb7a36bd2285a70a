import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/buttons";
import { classNames } from "@/components/ui/class-names";
import { FilterForm } from "@/components/ui/filter-form";
import { filterQueryOf } from "@/components/ui/filter-query";
import { Icon } from "@/components/ui/icon";

type Props = {
  /** What is searched, such as "Name or email". */
  placeholder: string;
  text: string;
  /** Other parameters of the address that a search keeps. */
  kept?: Readonly<Record<string, string | null | undefined>>;
  /** Further fields, and their values in the address by their names, in the same order. */
  fields?: { values: Readonly<Record<string, string | null>>; controls: ReactNode } | null;
  /** What was found, in words; told to screen readers when it changes. */
  found: string | null;
};

/** Searches the list on the same page, while the user types. */
export function SearchForm({ placeholder, text, kept = {}, fields, found }: Props) {
  const others = Object.entries(kept);
  return (
    <FilterForm
      shown={filterQueryOf([["q", text], ...Object.entries(fields?.values ?? {}), ...others])}
      found={found}
      className={classNames("flex flex-wrap gap-2", fields ? "sm:gap-4" : "sm:w-80")}
    >
      <label className="relative min-w-0 grow basis-64">
        <span className="sr-only">Search</span>
        <Icon
          name="search"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
        <input
          type="search"
          name="q"
          defaultValue={text}
          placeholder={placeholder}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          className="min-h-10 w-full rounded-lg border border-line-strong/60 bg-surface py-2 pr-3 pl-9 text-ink shadow-rest placeholder:text-muted/80 hover:border-line-strong"
        />
      </label>
      {fields?.controls}
      {others.map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
      <noscript>
        <button type="submit" className={buttonStyle("secondary")}>
          Search
        </button>
      </noscript>
    </FilterForm>
  );
}
