import { z } from "zod";

/** Which version of a thing a form was filled in from: a positive whole number, as a hidden field holds it. */
export const versionSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** How an edit ended. When somebody else saved first, nothing was changed, and `now` is what is there since. */
export type Edit<Now> = { readonly saved: true } | { readonly saved: false; readonly now: Now };
