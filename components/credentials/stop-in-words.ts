import type { CheckStop } from "@/lib/credentials/types";

/** Why a credential is not checked now, and what whoever reads it can do. */
export function stopInWords({ reason, refusals, tryAgainTicket }: CheckStop): string {
  const why = whyInWords(reason, refusals);
  return tryAgainTicket === null
    ? `${why} The credential’s owner, or an administrator of it, can correct it or try again.`
    : `${why} ${firstInWords[reason]}Try again sends it once; a few refusals in a row lock an account, five by default.`;
}

function whyInWords(reason: CheckStop["reason"], refusals: number): string {
  if (reason === "CAPTCHA_AWAITED") return "The account is left alone, because it wants a CAPTCHA.";
  if (refusals > 1) {
    return `The account is left alone, because its last ${refusals} sign-ins were refused, or their answer got lost.`;
  }
  return "Its server refused it, so it is not sent again by itself.";
}

const firstInWords: Record<CheckStop["reason"], string> = {
  CAPTCHA_AWAITED: "Solve it in Bitbucket in the browser first. ",
  ACCOUNT_STOPPED: "Sign in to Bitbucket in the browser first, to be sure of the password. ",
  NOT_SENT_AGAIN: "",
};
