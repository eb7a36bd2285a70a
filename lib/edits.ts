import { z } from "zod";
import type { Refusal } from "./errors";

/** The version that a form was filled in from: a positive whole number, in a hidden field. */
export const versionSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** The result of an edit, and the current values. If another user had saved first, nothing was changed. */
export type Edit<Now> = { readonly saved: boolean; readonly now: Now };

/** The refusal to the second of two editors. */
export const changedMeanwhile: Refusal = {
  code: "CONFLICT",
  message: "Another person saved a change since you opened this form, so yours was not saved.",
};
