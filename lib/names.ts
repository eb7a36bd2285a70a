import { z } from "zod";

const nameMaxLength = 100;
const descriptionMaxLength = 1000;

// NUL cannot be stored in PostgreSQL text; the other control characters would corrupt logs and exports.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A required name: trimmed, inner white space folded, 1 to 100 characters. `what` starts the messages, as in "A credential". */
export function nameSchema(what: string) {
  return z
    .string()
    .transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
    .pipe(
      z
        .string()
        .min(1, `${what} needs a name.`)
        .max(nameMaxLength, `A name has at most ${nameMaxLength} characters.`)
        .refine((text) => !controlCharacters.test(text), "A name cannot contain control characters."),
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
      .refine((text) => !controlCharacters.test(text), "A description cannot contain control characters."),
  );
