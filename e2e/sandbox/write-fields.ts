import { z } from "zod";

/** Text that has to be there; `what` completes "Please enter …". */
export function requiredText(what: string, most?: number) {
  const message = `Please enter ${what}.`;
  return limited(z.string({ error: message }), what, most).refine((text) => text.trim() !== "", message);
}

/** Text that may be left out or null. */
export function optionalText(what: string, most?: number) {
  return limited(z.string({ error: `The ${what} has to be text.` }), `the ${what}`, most)
    .nullish()
    .transform((text) => text ?? undefined);
}

function limited(text: z.ZodString, what: string, most: number | undefined): z.ZodString {
  if (most === undefined) return text;
  const subject = what.replace(/^the /, "The ");
  return text.max(most, `${subject} is limited to ${most} characters.`);
}

/** A complete address. */
export function fullUrl(what: string, most: number) {
  return requiredText(what, most).refine(
    (given) => URL.canParse(given),
    "The address has to be a complete URL.",
  );
}

/** A number without fractions, zero or above. */
export function wholeNumber(what: string) {
  const message = `The ${what} has to be a whole number, zero or above.`;
  return z.number({ error: message }).int(message).min(0, message);
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(what: string, words: Words) {
  return z.enum(words, { error: `The ${what} has to be one of ${words.join(", ")}.` });
}
