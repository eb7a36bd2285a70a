import { Search } from "lucide-react";
import { buttonStyle } from "@/components/ui/buttons";

type Props = { label: string; text: string };

/** Searches the list on the same page. A GET form, so a search has an address and needs no script. */
export function SearchForm({ label, text }: Props) {
  return (
    <search>
      <form method="get" className="flex gap-2">
        <label className="min-w-0 grow sm:max-w-sm">
          <span className="sr-only">{label}</span>
          <input
            type="search"
            name="q"
            defaultValue={text}
            placeholder={label}
            maxLength={100}
            autoComplete="off"
            className="min-h-10 w-full rounded-lg border border-line-strong/60 bg-surface px-3 py-2 text-ink shadow-rest placeholder:text-muted/80 hover:border-line-strong"
          />
        </label>
        <button type="submit" className={buttonStyle("secondary")}>
          <Search aria-hidden className="size-4" />
          Search
        </button>
      </form>
    </search>
  );
}
