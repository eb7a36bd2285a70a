import { z } from "zod";
import { descriptionMaxLength, nameMaxLength } from "./name-limits";

// NUL cannot be stored in PostgreSQL text, other controls would corrupt logs and exports, and invisible or
// direction-changing characters make one name look like another. Joiners stay: scripts and emoji need them.
const invisible = /[^\P{Cc}\n\t]|[^\P{Cf}\u200c\u200d]|\u2028|\u2029/u;

/** A required name: trimmed, inner white space folded, 1 to 100 characters. `whenEmpty` says that it is missing. */
export function nameSchema(whenEmpty: string) {
  return z
    .string()
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
export const descriptionSchema = z
  .string()
  .default("")
  .transform((text) => text.normalize("NFC").replaceAll("\r\n", "\n").trim())
  .pipe(
    z
      .string()
      .max(descriptionMaxLength, `A description has at most ${descriptionMaxLength} characters.`)
      .refine((text) => !invisible.test(text), "A description cannot contain invisible characters."),
  );
