import { z } from "zod";
import { mostTags, tagMaxLength } from "./name-limits";
import { hasInvisible, plainText } from "./names";

const tagSchema = z
  .string()
  .max(tagMaxLength, `A tag has at most ${tagMaxLength} characters.`)
  .refine((tag) => !hasInvisible(tag), "A tag cannot contain invisible characters.");

/**
 * Tags as typed in one field, separated by commas: trimmed, white space folded, without a leading "#"; of two that differ
 * only in case, the first.
 */
export const tagsSchema = plainText
  .transform(tagsIn)
  .pipe(z.array(tagSchema).max(mostTags, `A credential has at most ${mostTags} tags.`));

/** One tag in a list's address; null for none. */
export const tagFilterSchema = z
  .string()
  .transform((typed) => tagsIn(typed)[0] ?? null)
  .pipe(tagSchema.nullable())
  .nullable()
  .catch(null);

function tagsIn(typed: string): string[] {
  const tags = new Map<string, string>();
  for (const part of typed.normalize("NFC").split(",")) {
    const tag = part.replace(/\s+/g, " ").trim().replace(/^#+ ?/, "");
    const key = tag.toLowerCase();
    if (tag !== "" && !tags.has(key)) tags.set(key, tag);
  }
  return [...tags.values()];
}
