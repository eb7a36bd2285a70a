"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { Link } from "@/components/ui/link";
import { Modal } from "@/components/ui/modal";
import { searchPath, withQuery } from "@/lib/paths";
import { type Found, foundKinds, foundOfEach } from "@/lib/search/types";
import { countOf } from "@/lib/text/count-of";
import { foundLooks } from "./found-kinds";
import { placesFor } from "./portal-places";
import { type OptionGroup, SearchOptions } from "./search-options";
import { useFound } from "./use-found";

type Props = { isAdministrator: boolean; onClose: () => void };

/** Searches everything that the user may see, and the portal's pages and actions, by keyboard: a combobox with a list. */
export function SearchDialog({ isAdministrator, onClose }: Props) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const text = typed.trim();
  const { found, of, problem } = useFound(text);
  const groups = groupsOf(found, text, isAdministrator);
  const count = groups.reduce((sum, { options }) => sum + options.length, 0);
  const active = Math.min(chosen, count - 1);
  const optionId = (index: number) => `${id}-${index}`;

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Enter: 0 };
    const step = steps[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    const to = (active + step + count) % count;
    const option = document.getElementById(optionId(to));
    if (step === 0) return option?.click();
    setChosen(to);
    option?.scrollIntoView({ block: "nearest" });
  };

  return (
    <Modal label="Search everything" onClose={onClose}>
      <div className="flex max-h-[80dvh] flex-col">
        <input
          type="text"
          role="combobox"
          aria-label="Search"
          aria-expanded={count > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={count > 0 ? optionId(active) : undefined}
          aria-autocomplete="list"
          placeholder="Search, or go to a page"
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onKeyDown={onKeyDown}
          onChange={({ target }) => {
            setTyped(target.value);
            setChosen(0);
          }}
          className="min-h-14 w-full shrink-0 border-b border-line bg-surface px-5 text-ink outline-none placeholder:text-muted"
        />
        <SearchOptions id={`${id}-list`} {...{ groups, active, optionId }} onFollow={onClose} />
        <div className="flex min-h-10 shrink-0 items-center justify-between gap-4 border-t border-line px-5 py-2 text-xs text-muted">
          <p role="status">{problem ?? told(found, { isCurrent: text !== "" && of === text })}</p>
          {found.length > 0 && (
            <Link
              href={withQuery(searchPath, { q: of })}
              onClick={onClose}
              className="shrink-0 text-accent underline underline-offset-4"
            >
              All matches
            </Link>
          )}
        </div>
      </div>
    </Modal>
  );
}

function groupsOf(found: readonly Found[], text: string, isAdministrator: boolean): OptionGroup[] {
  const ofKinds = foundKinds.map((kind) => ({
    heading: foundLooks[kind].heading,
    options: found
      .filter((one) => one.kind === kind)
      .map(({ name, about, href }) => ({ name, about, href, icon: foundLooks[kind].icon })),
  }));
  const places = placesFor(text, isAdministrator).map((place) => ({ ...place, about: "" }));
  return [...ofKinds, { heading: "Go to", options: places }].filter(({ options }) => options.length > 0);
}

function told(found: readonly Found[], { isCurrent }: { isCurrent: boolean }): string {
  if (!isCurrent) return "↑ ↓ to choose, Enter to open";
  if (found.length === 0) return "Nothing that you may see matches";
  const isCut = foundKinds.some((kind) => found.filter((one) => one.kind === kind).length === foundOfEach);
  return `${countOf(found.length, "match", "matches")}${isCut ? ", the newest" : ""}`;
}
