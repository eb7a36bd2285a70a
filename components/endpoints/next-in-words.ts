import type { EndpointSummary } from "@/lib/endpoints/types";

/** When a source or destination runs next, in words: `text`, the instant `at` if it is known, and what follows. */
export type NextInWords = { readonly text: string; readonly at: string | null; readonly after: string };

type Asked = Pick<EndpointSummary, "paused" | "stopped" | "refused" | "schedule" | "nextRunAt">;

/** When it runs next, or why it does not. The notices of its page say what to do. */
export function nextInWords({ paused, stopped, refused, schedule, nextRunAt }: Asked): NextInWords {
  if (paused) return said("No run while it is paused");
  if (stopped === "owner-disabled") return said("No run while its owner’s account is disabled");
  // The day of a key's end is what the portal was told, so runs that need no press still try.
  const mayTry = refused === "ended" && schedule.kind !== "manual";
  if (stopped || (refused && !mayTry)) return said("Waits for its credential");
  const after = refused ? ", but it fails until the secret is replaced: the API key has ended" : "";
  if (nextRunAt) return { text: refused ? "Next try" : "Next run", at: nextRunAt, after };
  if (schedule.kind === "after-source") {
    return { ...said(`${refused ? "Tries" : "Runs"} when its source has run`), after };
  }
  return said("Runs when you press Run now");
}

function said(text: string): NextInWords {
  return { text, at: null, after: "" };
}
