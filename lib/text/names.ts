import { z } from "zod";
import { isFreeOfKeys, keyRefused } from "./key-guard";
import { descriptionMaxLength, nameMaxLength } from "./name-limits";

// PostgreSQL text cannot hold NUL, other controls would corrupt logs and exports, and invisible or direction-changing
// characters make one name look like another. Joiners stay: scripts and emoji need them.
const invisible = /[^\P{Cc}\n\t]|[^\P{Cf}\u200c\u200d]|\u2028|\u2029/u;

/** Text that is stored unencrypted and shown to others: refuses API keys in any spelling. */
export const plainText = z.string().refine(isFreeOfKeys, { message: keyRefused, abort: true });

/** True for text with characters that no reader sees. */
export function hasInvisible(text: string): boolean {
  return invisible.test(text);
}

/** A required name: trimmed, inner white space folded, 1 to 100 characters. `whenEmpty` is the error for a missing name. */
export function nameSchema(whenEmpty: string) {
  return plainText
    .transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
    .pipe(
      z
        .string()
        .min(1, whenEmpty)
        .max(nameMaxLength, `A name has at most ${nameMaxLength} characters.`)
        .refine((text) => !invisible.test(text), "A name cannot contain invisible characters."),
    );
}

/** A description that may be empty: trimmed, at most 1,000 characters, line breaks kept. */
export const descriptionSchema = plainText
  .default("")
  .transform((text) => text.normalize("NFC").replaceAll("\r\n", "\n").trim())
  .pipe(
    z
      .string()
      .max(descriptionMaxLength, `A description has at most ${descriptionMaxLength} characters.`)
      .refine((text) => !invisible.test(text), "A description cannot contain invisible characters."),
  );
