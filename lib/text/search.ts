import { z } from "zod";
import { withoutKeys } from "./key-guard";

/** The longest search text, in characters; no name is longer. */
const longest = 100;

/**
 * A search text from a URL or a search field: trimmed, at most 100 characters, without control characters (listings
 * separate their fields by one, and PostgreSQL refuses NUL); empty for an API key.
 */
export const searchSchema = z
  .string()
  .transform((typed) =>
    withoutKeys(typed)
      .normalize("NFC")
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, longest),
  )
  .catch("");
