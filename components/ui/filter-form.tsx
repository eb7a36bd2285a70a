"use client";

import { usePathname, useRouter } from "next/navigation";
import {
  type KeyboardEvent,
  type ReactNode,
  type SubmitEvent,
  useEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import { classNames } from "./class-names";
import { filterQueryOf } from "./filter-query";

type Props = {
  /** What the page shows, as `filterQueryOf` writes it: when it changes elsewhere, the fields follow. */
  shown: string;
  /** What was found, in words; told to screen readers when it changes. */
  found?: string | null;
  /** Where that is shown: beside the form by default. */
  isFoundBelow?: boolean;
  children: ReactNode;
  className?: string;
};

/** Long enough that a word is not searched for letter by letter. */
const pauseMs = 200;

/**
 * Filters the list on its page while the user types; Enter and the arrow down lead to the first match. A plain GET form, so
 * each filter has an address, and without script its button applies it.
 */
export function FilterForm({ shown, found, isFoundBelow = false, children, className }: Props) {
  const path = usePathname();
  const router = useRouter();
  const [isLoading, startLoading] = useTransition();
  const [isUsed, setUsed] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<number>(undefined);
  const applied = useRef(shown);

  useEffect(() => {
    // While a newer filter is on its way, an older one must not replace what the user has typed.
    if (isLoading || applied.current === shown) return;
    applied.current = shown;
    if (form.current) fillIn(form.current, shown);
  }, [shown, isLoading]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  // By a submit event, because that is where API keys are kept out of addresses.
  const applySoon = (waitMs: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => form.current?.requestSubmit(), waitMs);
  };
  const apply = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    window.clearTimeout(timer.current);
    const query = filterQueryOf(new FormData(event.currentTarget));
    if (query === applied.current) return;
    applied.current = query;
    startLoading(() => router.replace(query ? `${path}?${query}` : path, { scroll: false }));
  };
  const goToMatches = (event: KeyboardEvent) => {
    const { target, key } = event;
    if (!(target instanceof HTMLInputElement) || !form.current) return;
    const isApplied = !isLoading && filterQueryOf(new FormData(form.current)) === applied.current;
    if (key !== "ArrowDown" && !(key === "Enter" && isApplied)) return;
    const first = document.querySelector<HTMLElement>("[data-matches] :is(a, input:enabled)");
    if (!first) return;
    event.preventDefault();
    first.focus();
    if (first instanceof HTMLInputElement) first.click();
  };

  return (
    <search
      aria-busy={isLoading}
      // Beside the field, so that nothing below moves.
      className={classNames(
        "flex flex-col gap-2",
        found !== undefined && !isFoundBelow && "sm:flex-row sm:items-center sm:gap-4",
      )}
    >
      <form
        ref={form}
        method="get"
        className={className}
        onSubmit={apply}
        onKeyDown={goToMatches}
        onInput={({ target }) => {
          setUsed(true);
          applySoon(target instanceof HTMLInputElement ? pauseMs : 0);
        }}
      >
        {children}
      </form>
      {/* A status before its text changes, because screen readers announce only changes; not before the form is used. */}
      {found !== undefined && (isUsed || found) && (
        <p role={isUsed ? "status" : undefined} className="text-sm text-muted">
          {found}
        </p>
      )}
    </search>
  );
}

// Not by a reset: React leaves the default of a select as it was first.
function fillIn(form: HTMLFormElement, shown: string): void {
  const asked = new URLSearchParams(shown);
  for (const field of form.elements) {
    const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    if (!isField || field.type === "hidden") continue;
    if (field.type === "checkbox") field.checked = asked.get(field.name) === field.value;
    else field.value = asked.get(field.name) ?? "";
  }
}
