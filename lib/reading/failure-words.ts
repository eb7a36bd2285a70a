import type { AnswerMeaning } from "@/lib/connectors/stream-reader";

/** Why something could not be read, and what to do about it. */
export type ReadingFailure = { readonly title: string; readonly cure: string };

/** An answer that a preview or a list cannot go on with. A session ends by itself at most others, in a check's words. */
export function failureWords(meaning: Exclude<AnswerMeaning, { kind: "body" | "nothing" }>): ReadingFailure {
  if (meaning.kind === "skip" && meaning.reason === "no-right") {
    return {
      title: "The account may not read this",
      cure: "Choose something else to read, or use a credential of an account with the right.",
    };
  }
  if (meaning.kind === "skip") {
    return { title: "The server does not have this any more", cure: "Choose something else to read." };
  }
  if (meaning.kind === "not-available") {
    return {
      title: "This server does not have it",
      cure: "Its version has no such list, or an administrator switched it off. Choose something else to read.",
    };
  }
  return brokenAnswer;
}

/** An answer whose body is not what the call promises. */
export const brokenAnswer: ReadingFailure = {
  title: "The server's answer is not what was expected",
  cure: "Something between the portal and the server may have changed it. The credential's page shows each step of a check.",
};

/** An answer that has no records where the user said that they are. */
export const noRecordsThere: ReadingFailure = {
  title: "The answer has no records at this place",
  cure: "Correct “Where the records are”: there is nothing in the server's answer, or no list.",
};
