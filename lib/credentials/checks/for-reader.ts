import type { FailureDescription } from "@/lib/connectors/failures";
import type { FailureReason } from "@/lib/connectors/types";

/** The reader of a stored credential's failure: whether they may replace its secret, and else whom to ask. */
export type FailureReader = { readonly mayReplace: boolean; readonly ownerName: string };

/**
 * A stored credential's failure for this reader. Users who may not replace its secret are told whom to ask, wherever the
 * failure tells its reader to correct what was entered.
 */
export function forReader(
  described: FailureDescription,
  reason: FailureReason,
  { mayReplace, ownerName }: FailureReader,
): FailureDescription {
  const { whose, field, mayStoreUnchecked } = described;
  if (whose !== "you" || field === null || mayReplace) return described;
  if (field === "baseUrl" && mayStoreUnchecked) {
    const cure = `Check again later. If it stays so, ask ${ownerName} to look at its base URL.`;
    return { ...described, cure };
  }
  return {
    ...described,
    cure: `Ask ${ownerName} to ${cureOf(reason, field)}.`,
    whose: "the credential's owner",
  };
}

function cureOf(reason: FailureReason, field: "baseUrl" | "username" | "password"): string {
  if (reason === "ACCOUNT_LOCKED") {
    return "sign in to Bitbucket in the browser once and solve the CAPTCHA, then to check the credential again";
  }
  return field === "baseUrl" ? "correct its base URL" : "replace its secret";
}
