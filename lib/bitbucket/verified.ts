import type { CheckOutcome, SignIn, VerifiedOutcome, WarningCode } from "@/lib/bitbucket/types";

const soonMs = 30 * 24 * 60 * 60 * 1000;

type Findings = Omit<VerifiedOutcome, "kind" | "expectedAccountDiffers" | "warnings"> & {
  readonly baseUrl: string;
  readonly signIn: SignIn;
};

/** Puts what a good check found into its outcome, with everything that its owner should still hear. Pure. */
export function verifiedOutcome(findings: Findings, now = Date.now()): VerifiedOutcome {
  const { baseUrl, signIn, ...found } = findings;
  const expectedAccountDiffers = differingAccount(signIn, found.account.name);
  const { account, access, certificate } = found;
  const nothing = access.projects?.count === 0 && access.readable?.count === 0;
  const uncounted = [access.projects, access.readable, access.writable, access.administrable].includes(null);
  const endsSoon = certificate !== null && Date.parse(certificate.validTo) - now < soonMs;
  const warnings: (WarningCode | false)[] = [
    nothing && "NOTHING_READABLE",
    uncounted && "ACCESS_NOT_COUNTED",
    expectedAccountDiffers !== null && "OTHER_ACCOUNT",
    account.active === false && "ACCOUNT_INACTIVE",
    account.name === null && "ACCOUNT_UNNAMED",
    baseUrl.startsWith("http:") && "PLAIN_HTTP",
    endsSoon && "CERTIFICATE_ENDS_SOON",
  ];
  return {
    kind: "verified",
    ...found,
    expectedAccountDiffers,
    warnings: warnings.filter((warning) => warning !== false),
  };
}

/**
 * What a check found, for another sign-in with the same secret: whom its person expected is theirs, and everything else is
 * the server's. Pure.
 */
export function foundFor(outcome: CheckOutcome, signIn: SignIn): CheckOutcome {
  if (outcome.kind === "failed") return outcome;
  const expectedAccountDiffers = differingAccount(signIn, outcome.account.name);
  const others = outcome.warnings.filter((warning) => warning !== "OTHER_ACCOUNT");
  const warnings = expectedAccountDiffers === null ? others : [...others, "OTHER_ACCOUNT" as const];
  return { ...outcome, expectedAccountDiffers, warnings };
}

/** With a password the server may know a person by another name than the typed one, an e-mail for example. */
function differingAccount(signIn: SignIn, name: string | null): string | null {
  if (signIn.scheme === "basic" || signIn.expectedAccount === null || name === null) return null;
  return signIn.expectedAccount.toLowerCase() === name.toLowerCase() ? null : signIn.expectedAccount;
}
