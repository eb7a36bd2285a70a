import type { Verdict } from "@/drizzle/schema";
import { failureWords } from "@/lib/connectors/bitbucket-server/reason-words";

const verdicts: Record<Verdict | "unchecked", string> = {
  verified: "The server accepted it.",
  rejected: "The server did not accept it.",
  locked: "The server has locked the account.",
  restricted: "The server accepted it, but it may not do enough there.",
  nothing: "The server could not be asked.",
  unchecked: "It was not checked.",
};

/** What a check said of a secret, as a sentence. */
export function verdictInWords(verdict: Verdict | "unchecked"): string {
  return verdicts[verdict];
}

/** What a check said, and why where it failed. */
export function checkInWords(verdict: Verdict | "unchecked", reason: string | null): string {
  return [verdictInWords(verdict), ...(reason === null ? [] : reasonInWords(reason))].join(" ");
}

/** The closed code of a failed check as sentences; none for a code of another version, which would tell nobody anything. */
export function reasonInWords(reason: string): string[] {
  const words: Readonly<Record<string, { title: string }>> = failureWords;
  const known = Object.hasOwn(words, reason) ? words[reason] : undefined;
  return known ? [`${known.title}.`] : [];
}
