"use client";

import { usePathname, useRouter } from "next/navigation";
import { type SubmitEvent, useEffect, useRef, useTransition } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import { withQuery } from "@/lib/paths";

type Props = {
  label: string;
  searched: string;
  /** What was found, in words; null before a search. */
  found: string | null;
  /** The page whose address also opens as an overlay: navigating there would open the overlay over the page. */
  isPage?: boolean;
};

/** Long enough that a word is not searched for letter by letter. */
const pauseMs = 250;

/** Searches users and teams while the user types; the search is in the address, and without script its button does it. */
export function GranteeSearch({ label, searched, found, isPage = false }: Props) {
  const path = usePathname();
  const router = useRouter();
  const [isLoading, startLoading] = useTransition();
  const timer = useRef<number>(undefined);
  const applied = useRef(searched);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    applied.current = searched;
  }, [searched]);

  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    window.clearTimeout(timer.current);
    const q = typedIn(event.currentTarget);
    applied.current = q;
    startLoading(() => {
      if (!isPage) return router.replace(withQuery(path, { q }), { scroll: false });
      window.history.replaceState(null, "", withQuery(path, { q }));
      router.refresh();
    });
  };

  return (
    <search aria-busy={isLoading} className="flex flex-col gap-2">
      <form
        method="get"
        className="flex items-end gap-3"
        onSubmit={search}
        onInput={({ currentTarget: form }) => {
          window.clearTimeout(timer.current);
          // By a submit event, because that is where API keys are kept out of addresses.
          timer.current = window.setTimeout(() => {
            // Only a press repeats a search.
            if (typedIn(form) !== applied.current) form.requestSubmit();
          }, pauseMs);
        }}
      >
        <Field
          label={label}
          name="q"
          type="search"
          autoComplete="off"
          maxLength={100}
          defaultValue={searched}
          className="flex-1"
        />
        <SubmitButton look="secondary">
          <Icon name="search" className="size-4" />
          Search
        </SubmitButton>
      </form>
      {/* Before its text changes, because screen readers announce only changes. */}
      <p role="status" className="text-sm text-muted empty:hidden">
        {found}
      </p>
    </search>
  );
}

function typedIn(form: HTMLFormElement): string {
  return String(new FormData(form).get("q") ?? "").trim();
}
