import { z } from "zod";

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/**
 * A time as Bitbucket writes it, in milliseconds since 1970; undefined for anything else. Numbers up to 10.2; since
 * 10.3 ISO 8601 text was reported, with `Z`, with fractions, or with `+0000` without a colon
 * (https://github.com/drone/go-scm, scm/driver/stash/pr.go).
 */
export const serverDateSchema = z
  .union([z.number(), z.string().max(40)])
  .transform((given) => (typeof given === "number" ? given : Date.parse(withColon(given))))
  .refine((ms) => ms > earliest && ms < latest)
  .optional()
  .catch(undefined);

function withColon(text: string): string {
  return text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
}
