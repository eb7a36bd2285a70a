import type { Whose } from "@/lib/connectors/failures";

/** A run in words: its state, one sentence, what to do and who has to. */
export type RunInWords = {
  readonly title: string;
  readonly sentence: string;
  readonly cure: string | null;
  readonly whose: Whose | "the source's owner" | "the destination's owner" | null;
};

/** The same without the word for the state. */
export type Told = Omit<RunInWords, "title">;

/** A sentence, with its cure and whose turn it is where there is one. */
export function told(sentence: string, cure: string | null = null, whose: RunInWords["whose"] = null): Told {
  return { sentence, cure, whose };
}
