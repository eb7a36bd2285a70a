import type { Need } from "@/lib/connectors/action";
import type { Place } from "@/lib/connectors/rehearsal";
import type { TrialCounts } from "./types";

/** A rehearsal's sentences. Pure. */

const named = 3;

/** "SHOP/storefront", or the project's key. */
export function labelOf({ project, repository }: Place): string {
  return repository === null ? project : `${project}/${repository}`;
}

/** "no right on PAY/ledger": for several places, three of them are named. */
export function lackWords(labels: readonly string[], why: "no-right" | "gone", need: Need): string {
  const rest = labels.length - named;
  const some = rest > 0 ? [...labels.slice(0, named), `${rest} more`] : labels;
  const places = some.length > 1 ? `${some.slice(0, -1).join(", ")} and ${some.at(-1)}` : `${some[0]}`;
  if (why === "gone") return `${places} ${labels.length > 1 ? "do" : "does"} not exist for this account`;
  return `no right on ${places}${rightWords[need]}`;
}

const rightWords: Record<Need, string> = {
  read: "",
  write: ", where it writes",
  admin: ", which it has to administer",
};

/** "14 fine, 2 will break": what is zero is left out, except for what is fine. */
export function countWords({ fine, breaks, untried, anew }: TrialCounts): string {
  return [
    `${fine} fine`,
    ...(breaks > 0 ? [`${breaks} will break`] : []),
    ...(untried > 0 ? [`${untried} could not be tried`] : []),
    ...(anew > 0 ? [`${anew} ${anew > 1 ? "begin" : "begins"} anew`] : []),
  ].join(", ");
}
