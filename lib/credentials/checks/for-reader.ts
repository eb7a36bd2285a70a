import type { FailureDescription } from "@/lib/connectors/failures";
import type { FailureReason } from "@/lib/connectors/types";
import { type OwnedCredential, whomToAsk } from "./whom-to-ask";

/** The reader of a stored credential's failure: whether they may replace its secret, and else whom to ask. */
export type FailureReader = OwnedCredential & { readonly mayReplace: boolean };

/**
 * A stored credential's failure for this reader. Users who may not replace its secret are told whom to ask, wherever the
 * failure tells its reader to correct what was entered.
 */
export function forReader(
  described: FailureDescription,
  reason: FailureReason,
  reader: FailureReader,
): FailureDescription {
  const { whose, field, mayStoreUnchecked } = described;
  if (whose !== "you" || field === null || reader.mayReplace) return described;
  const whom = whomToAsk(reader);
  if (field === "baseUrl" && mayStoreUnchecked) {
    const cure = `Check again later. If it stays so, ask ${whom} to look at its base URL.`;
    return { ...described, cure };
  }
  return {
    ...described,
    cure: `Ask ${whom} to ${cureOf(reason, field)}.`,
    whose: "the credential's owner",
  };
}

function cureOf(reason: FailureReason, field: "baseUrl" | "username" | "password"): string {
  if (reason === "ACCOUNT_LOCKED") {
    return "sign in to Bitbucket in the browser once and solve the CAPTCHA, then to check the credential again";
  }
  return field === "baseUrl" ? "correct its base URL" : "replace its secret";
}
