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

/** A check's verdict as a sentence. */
export function verdictInWords(verdict: Verdict | "unchecked"): string {
  return verdicts[verdict];
}

/** A check's verdict, and its reason if it failed. */
export function checkInWords(verdict: Verdict | "unchecked", reason: string | null): string {
  return [verdictInWords(verdict), ...(reason === null ? [] : reasonInWords(reason))].join(" ");
}

/** A failure's code as sentences; empty for a code of another version, which no reader would understand. */
export function reasonInWords(reason: string): string[] {
  const words: Readonly<Record<string, { title: string }>> = failureWords;
  const known = Object.hasOwn(words, reason) ? words[reason] : undefined;
  return known ? [`${known.title}.`] : [];
}
