import type { FailureInWords } from "@/lib/connectors/failures";
import type { CheckedAccess, CheckStep } from "@/lib/connectors/types";
import { accessInWords, whatIsCounted } from "./access-in-words";
import { cleanText } from "./clean-text";
import { durationInWords, stepStateWords, stepWords } from "./step-words";

/** The contents of a report on one check; no field can hold a secret. */
export type ReportedCheck = {
  readonly baseUrl: string;
  /** ISO 8601 in UTC. */
  readonly checkedAt: string;
  readonly steps: readonly CheckStep[];
  /** Null if the check passed. */
  readonly failure: FailureInWords | null;
  /** As the server names it; null if it was not asked or did not say. Untrusted text. */
  readonly account: { readonly name: string | null; readonly displayName: string | null } | null;
  /** Untrusted text. */
  readonly serverVersion: string | null;
  readonly access: CheckedAccess | null;
};

/**
 * A check as plain text, to be sent to a helper: one fact per line, no secret, no control characters. Untrusted text
 * is cut to one line of at most 200 characters and quoted, so it cannot pass for a line of the report.
 */
export function reportOf(check: ReportedCheck): string {
  const { baseUrl, checkedAt, steps, failure, account, serverVersion, access } = check;
  const stopped = steps.find(({ state }) => state === "failed");
  const rights = accessInWords(access);
  const lines = [
    "Latchkey check of a Bitbucket Server",
    "",
    `Server: ${cleanText(baseUrl, 2048) ?? ""}`,
    `Time: ${checkedAt.slice(0, 19).replace("T", " ")} UTC`,
    `Result: ${stopped ? `stopped at ${stepWords[stopped.name].label}` : "all passed"}`,
    "",
    ...steps.map(lineOf),
    "",
    serverVersion !== null && `Version: ${quoted(serverVersion)}`,
    account?.name != null && `Account: ${accountInWords(account)}`,
    rights !== "" && `Rights: ${rights} ${whatIsCounted}`,
    failure && `What was found: ${failure.title}`,
    failure && `What to do: ${failure.cure}`,
    failure && `Next step: ${failure.whose}`,
  ];
  const text = lines.filter((line) => typeof line === "string").join("\n");
  return `${text.trimEnd()}\n`;
}

function lineOf({ name, state, durationMs }: CheckStep): string {
  const result = `${stepWords[name].label}: ${stepStateWords[state]}`;
  return durationMs === null ? result : `${result}, ${durationInWords(durationMs)}`;
}

function accountInWords({ name, displayName }: NonNullable<ReportedCheck["account"]>): string {
  return [name, displayName]
    .filter((text) => text !== null)
    .map(quoted)
    .join(", ");
}

function quoted(text: string): string {
  return `“${(cleanText(text, 200) ?? "").replace(/[“”]/g, "'")}”`;
}
