import { z } from "zod";
import type { Refusal } from "./errors";

/** Which version of a thing a form was filled in from: a positive whole number, as a hidden field holds it. */
export const versionSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** How an edit ended. When somebody else saved first, nothing was changed, and `now` is what is there since. */
export type Edit<Now> = { readonly saved: true } | { readonly saved: false; readonly now: Now };

/** What the second of two editors is told. */
export const changedMeanwhile: Refusal = {
  code: "CONFLICT",
  message: "Somebody saved a change since you opened this form, so yours was not saved.",
};
