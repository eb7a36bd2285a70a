"use client";

import { ChoiceLink } from "./choice-link";

/** The two ways in. A client component without props: nothing of it is in the page's payload. */
export function StartChoices() {
  return (
    <ul className="grid gap-6 sm:grid-cols-2">
      <ChoiceLink href="/sources/new" icon="arrow-down-to-line" title="New data source">
        Read projects, repositories, commits and pull requests from a server.
      </ChoiceLink>
      <ChoiceLink href="/destinations/new" icon="arrow-up-from-line" title="New data destination">
        Write comments, build statuses, pull requests and more to a server, from records or a file.
      </ChoiceLink>
    </ul>
  );
}
