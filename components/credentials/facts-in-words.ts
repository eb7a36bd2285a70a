import type { CheckedAllowance, KeyKind } from "@/lib/connectors/types";

const number = new Intl.NumberFormat("en");

const keyKinds: Record<KeyKind, string> = {
  user: "A user's API key",
  project: "API key of a project, by what it may do",
  repository: "API key of a repository, by what it may do",
};

/** What an API key belongs to; null: what it may do leaves that open. */
export function keyKindInWords(kind: KeyKind | null): string {
  return kind === null ? "Not known: what it may do leaves that open." : keyKinds[kind];
}

/** How fast the server lets the account ask. */
export function allowanceInWords(allowance: CheckedAllowance | null): string {
  if (allowance === null) return "The server does not tell.";
  if (allowance.kind === "unlimited") return "Not limited";
  return `${number.format(allowance.atOnce)} at once, then ${number.format(allowance.perSecond)} per second`;
}
