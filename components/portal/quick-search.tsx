"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { searchPath } from "@/lib/paths";
import { hasSingleKeys, isTyping } from "./single-keys";

// Loaded when asked for: most pages are left without them.
const loadSearch = () => import("./search-dialog").then((loaded) => ({ default: loaded.SearchDialog }));
const SearchDialog = lazy(loadSearch);
const KeyDialog = lazy(() => import("./key-dialog").then((loaded) => ({ default: loaded.KeyDialog })));

type Opened = "search" | "keys" | null;

/**
 * The link to the search over everything. With script it opens over the page, by Ctrl K or ⌘ K too; “/” goes to the page's
 * own search field, and “?” lists the keys.
 */
export function QuickSearch({ isAdministrator }: { isAdministrator: boolean }) {
  const [opened, setOpened] = useState<Opened>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // So that it is there when K follows, and the first letters are not lost.
      if (event.key === "Control" || event.key === "Meta") void loadSearch();
      const wanted = wantedBy(event);
      if (wanted === null) return;
      event.preventDefault();
      if (wanted === "field") document.querySelector<HTMLElement>(ownField)?.focus();
      else setOpened(wanted);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const close = () => setOpened(null);
  return (
    <>
      <Link
        href={searchPath}
        aria-keyshortcuts="Control+K Meta+K"
        onPointerEnter={loadSearch}
        onFocus={loadSearch}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          setOpened("search");
        }}
        className="inline-flex min-h-9 items-center gap-2 rounded-lg px-2 text-sm text-muted hover:bg-sunken hover:text-ink"
      >
        <Icon name="search" className="size-4" />
        <span className="max-sm:sr-only">Search</span>
      </Link>
      <Suspense>
        {opened === "search" && <SearchDialog isAdministrator={isAdministrator} onClose={close} />}
        {opened === "keys" && <KeyDialog onClose={close} />}
      </Suspense>
    </>
  );
}

const ownField = "#content input[type=search]";

/** What a key press asks for; null for every other one, and while a dialog is open or the user types. */
function wantedBy(event: KeyboardEvent): "search" | "keys" | "field" | null {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (event.isComposing || altKey || document.querySelector("dialog[open]")) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k" && !event.shiftKey ? "search" : null;
  if ((key !== "/" && key !== "?") || isTyping(target) || !hasSingleKeys()) return null;
  if (key === "?") return "keys";
  return document.querySelector(ownField) ? "field" : "search";
}
