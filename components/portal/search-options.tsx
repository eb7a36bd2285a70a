import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { Place } from "./portal-places";

/** Options of one heading; `about` distinguishes those of the same name. */
export type OptionGroup = {
  readonly heading: string;
  readonly options: readonly (Place & { readonly about: string })[];
};

type Props = {
  id: string;
  groups: readonly OptionGroup[];
  /** The active option, counted over all groups. */
  active: number;
  optionId: (index: number) => string;
  /** Called when an option is followed in this window. */
  onFollow: () => void;
};

/** The list of a combobox whose options are links. */
export function SearchOptions({ id, groups, active, optionId, onFollow }: Props) {
  const firsts = groups.map((_, at) =>
    groups.slice(0, at).reduce((sum, { options }) => sum + options.length, 0),
  );
  return (
    <div id={id} role="listbox" aria-label="Matches" className="overflow-y-auto p-2">
      {groups.map(({ heading, options }, at) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox may hold no fieldset
        <div key={heading} role="group" aria-label={heading} className="pb-1">
          <p aria-hidden className="px-3 pt-2 pb-1 text-xs font-medium text-muted">
            {heading}
          </p>
          {options.map(({ href, name, about, icon }, inGroup) => {
            const index = (firsts[at] ?? 0) + inGroup;
            return (
              <Link
                key={href}
                id={optionId(index)}
                href={href}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                onClick={({ metaKey, ctrlKey, shiftKey }) => {
                  if (!metaKey && !ctrlKey && !shiftKey) onFollow();
                }}
                className="flex min-h-10 items-center gap-3 rounded-lg px-3 py-1.5 text-sm hover:bg-sunken aria-selected:bg-accent-soft"
              >
                <Icon name={icon} className="size-4 shrink-0 text-muted" />
                <span className="max-w-[60%] truncate font-medium">{name}</span>
                {about && <span className="min-w-0 truncate text-muted">{about}</span>}
              </Link>
            );
          })}
        </div>
      ))}
    </div>
  );
}
