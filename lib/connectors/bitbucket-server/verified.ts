import { createHash } from "node:crypto";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckOutcome, VerifiedOutcome, WarningCode } from "@/lib/connectors/types";
import { isAccountOfKey } from "./account-name";
import { warnAheadMs } from "./warn-ahead";

type GoodCheck = Omit<VerifiedOutcome, "kind" | "expectedAccountDiffers" | "emailDigest" | "warnings"> & {
  readonly baseUrl: BaseUrl;
  /** The account that the user named. */
  readonly namedAccount: string | null;
  /** From the account's record; must not be passed on. */
  readonly email: string | null;
  /** A proxy in front of the server turns visitors away. */
  readonly isBehindProxy: boolean;
};

/** Builds the outcome of a verified check, with its warnings. Pure. */
export function verifiedOutcome(record: GoodCheck, now = Date.now()): VerifiedOutcome {
  const { baseUrl, namedAccount, email, isBehindProxy, ...found } = record;
  const named = { account: found.account, ...(email ? { emailDigest: digestOf(email) } : {}) };
  const expectedAccountDiffers = differingAccount(namedAccount, named);
  const { account, access, certificate } = found;
  const nothing = access.projects?.count === 0 && access.readable?.count === 0;
  const uncounted = [access.projects, access.readable, access.writable, access.administrable].includes(null);
  const endsSoon = certificate !== null && Date.parse(certificate.validTo) - now < warnAheadMs.certificate;
  const warnings: (WarningCode | false)[] = [
    nothing && "NOTHING_READABLE",
    uncounted && "ACCESS_NOT_COUNTED",
    expectedAccountDiffers !== null && "OTHER_ACCOUNT",
    account.active === false && "ACCOUNT_INACTIVE",
    account.name === null && "ACCOUNT_UNNAMED",
    account.name !== null && isAccountOfKey(account.name) && "ACCOUNT_NOT_A_PERSON",
    isBehindProxy && "BEHIND_FRONT",
    baseUrl.protocol === "http:" && "PLAIN_HTTP",
    endsSoon && "CERTIFICATE_ENDS_SOON",
  ];
  return {
    kind: "verified",
    ...found,
    ...named,
    expectedAccountDiffers,
    warnings: warnings.filter((warning) => warning !== false),
  };
}

/**
 * A shared outcome, for a user who named another account with the same secret: that name is the user's own,
 * everything else comes from the server. Pure.
 */
export function foundFor(outcome: CheckOutcome, namedAccount: string | null): CheckOutcome {
  if (outcome.kind === "failed") return outcome;
  const expectedAccountDiffers = differingAccount(namedAccount, outcome);
  const others = outcome.warnings.filter((warning) => warning !== "OTHER_ACCOUNT");
  const warnings = expectedAccountDiffers === null ? others : [...others, "OTHER_ACCOUNT" as const];
  return { ...outcome, expectedAccountDiffers, warnings };
}

type Named = Pick<VerifiedOutcome, "account" | "emailDigest">;

/**
 * The typed name, if it does not belong to the account: neither login name, nor URL form, nor e-mail, with which some
 * directories let users sign in. A server that signs every user in as its own account shows only here. The account of
 * a project's key has no name that a user would type.
 */
function differingAccount(typed: string | null, { account, emailDigest }: Named): string | null {
  if (typed === null || account.name === null || isAccountOfKey(account.name)) return null;
  const isOne = [account.name, account.slug].some((name) => name?.toLowerCase() === typed.toLowerCase());
  return isOne || digestOf(typed) === emailDigest ? null : typed;
}

/** A digest, so that an e-mail can be compared without being stored. */
function digestOf(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
}
