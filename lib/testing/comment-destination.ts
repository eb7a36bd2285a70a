import type { InputRef } from "@/lib/endpoints/writing-address";
import type { WritingSettings } from "@/lib/mapping/types";

/** A mapping of constants: it needs no column, so it fits every input. */
export const aComment: WritingSettings = {
  action: "pull-request-comment",
  mapping: {
    project: { from: "constant", value: "SHOP" },
    repository: { from: "constant", value: "storefront" },
    pullRequest: { from: "constant", value: "1" },
    text: { from: "constant", value: "Nightly import" },
  },
  matchKey: { kind: "record" },
  allows: [],
};

/** A new destination that comments for each record, by hand; to be completed by a credential and a name. */
export function commentsFrom(input: InputRef) {
  const schedule = { kind: "manual" } as const;
  // A file's records have no key of their own.
  const fields = { kind: "fields", fields: ["text"] } as const;
  const writing = input.kind === "source" ? aComment : { ...aComment, matchKey: fields };
  return {
    direction: "destination",
    connector: "bitbucket-server",
    writing,
    input,
    schedule,
  } as const;
}
