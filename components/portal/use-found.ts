"use client";

import { useEffect, useState } from "react";
import { searchPath, withQuery } from "@/lib/paths";
import type { Found } from "@/lib/search/types";
import { holdsApiKey } from "@/lib/text/api-key-shape";
import { keyRefused } from "@/lib/text/key-guard";

/** Long enough that a word is not searched for letter by letter. */
const pauseMs = 150;

type Search = {
  readonly found: readonly Found[];
  /** The text that was searched for. */
  readonly of: string;
  /** Why nothing was searched, with the cure. */
  readonly problem: string | null;
};

const nothing: Search = { found: [], of: "", problem: null };

/** What the portal finds for a text that is being typed; an earlier answer stands until the next one comes. */
export function useFound(text: string): Search {
  const [search, setSearch] = useState(nothing);

  useEffect(() => {
    if (text === "") return setSearch(nothing);
    // An API key must not get into an address.
    if (holdsApiKey(text)) return setSearch({ ...nothing, of: text, problem: keyRefused });
    const stopping = new AbortController();
    const timer = window.setTimeout(async () => {
      const answer = await ask(text, stopping.signal);
      if (!stopping.signal.aborted) setSearch({ ...answer, of: text });
    }, pauseMs);
    return () => {
      window.clearTimeout(timer);
      stopping.abort();
    };
  }, [text]);

  return search;
}

async function ask(text: string, signal: AbortSignal): Promise<Omit<Search, "of">> {
  try {
    const response = await fetch(withQuery(`${searchPath}/results`, { q: text }), { signal });
    // Only without a session.
    if (response.status === 404) return failed("Your session has ended. Reload the page and sign in.");
    if (!response.ok) return failed("The portal could not search just now. Try again.");
    // Our own route, which answers with this type.
    return { found: (await response.json()) as readonly Found[], problem: null };
  } catch {
    return failed("The portal could not be reached. Check the connection, and try again.");
  }
}

function failed(problem: string): Omit<Search, "of"> {
  return { found: [], problem };
}
