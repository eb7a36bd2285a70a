import { z } from "zod";
import type { Refusal } from "./errors";

/** Which version of a thing a form was filled in from: a positive whole number, as a hidden field holds it. */
export const versionSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** How an edit ended, and what is there now. When somebody else had saved first, nothing was changed. */
export type Edit<Now> = { readonly saved: boolean; readonly now: Now };

/** What the second of two editors is told. */
export const changedMeanwhile: Refusal = {
  code: "CONFLICT",
  message: "Somebody saved a change since you opened this form, so yours was not saved.",
};
