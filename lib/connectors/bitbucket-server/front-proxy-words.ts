import type { Words } from "@/lib/connectors/failures";
import type { FailedOutcome, FailureReason } from "@/lib/connectors/types";

/** Texts for answers from a proxy in front of Bitbucket, or from a Bitbucket rule that does not concern the credential. */
export const frontProxyWords = {
  SIGN_IN_PAGE: {
    title: "A sign-in page answers in place of Bitbucket",
    cure: "Programs cannot sign in on such a page. Ask your Bitbucket administrator for an address where the REST API answers directly, or to let the portal through.",
    whose: "your Bitbucket administrator",
    field: "baseUrl",
  },
  FRONT_REFUSES: {
    title: "Something in front of Bitbucket refuses the portal",
    cure: "A proxy, a firewall or a company sign-in answered instead, so Bitbucket never saw the credential. Ask your network's administrator to let the portal through to Bitbucket's REST interface.",
    whose: "your network",
    field: "baseUrl",
  },
  RULE_REFUSES: {
    title: "One of the server's own rules refuses the portal",
    cure: "Such rules depend on the caller's address or the licence, not on the account. Ask your Bitbucket administrator to let the portal in.",
    whose: "your Bitbucket administrator",
    field: null,
  },
  PASSWORD_EXPIRED: {
    title: "The password has expired",
    cure: "Sign in to Bitbucket in the browser and choose a new one, then enter it here. An API key does not expire with the password.",
    whose: "you",
    field: "password",
  },
  ACCOUNT_DEACTIVATED: {
    title: "The account is deactivated",
    cure: "Ask your Bitbucket administrator to activate it, or use another account.",
    whose: "your Bitbucket administrator",
    field: "username",
  },
  DIRECTORY_UNREACHABLE: {
    title: "Bitbucket cannot ask its user directory",
    cure: "It could not check the account. Try again in a few minutes. If it still fails, tell your Bitbucket administrator.",
    whose: "you",
    field: null,
  },
  KEY_NOT_RECOGNISED: {
    title: "The server does not say whether it accepted the API key",
    cure: "It names no account and shows only what visitors see. Either the key may read nothing, or a proxy removes it from the request. Ask your Bitbucket administrator which.",
    whose: "your Bitbucket administrator",
    field: "username",
  },
  EVERYBODY_SIGNED_IN: {
    title: "The server signs every visitor in as the same account",
    cure: "It does so without a credential too, so this one could not be checked. Often a proxy signs in for everyone. Ask your Bitbucket administrator for an address without it.",
    whose: "your Bitbucket administrator",
    field: "username",
  },
} as const satisfies Partial<Record<FailureReason, Words>>;

/** Added to a refusal where nothing has been sent yet. */
const notSentWords =
  "Nothing was sent, because whatever answers there would see the credential. If you trust it, press Send all the same.";

/** A failure's texts with additions from its outcome: where the server has moved, or that nothing was sent yet. */
export function withOutcome(words: Words, { reason, movedTo, notSent }: FailedOutcome): Words {
  if (movedTo !== undefined) return movedWords(words, reason, movedTo);
  return notSent ? { ...words, cure: `${words.cure} ${notSentWords}` } : words;
}

function movedWords(words: Words, reason: FailureReason, movedTo: string): Words {
  if (reason === "REDIRECTED_TO_HTTPS") return { ...words, cure: `Use ${movedTo} instead.` };
  return {
    title: "The server has another address",
    cure: `It sends callers on to ${movedTo}. If that is your Bitbucket Server, use that address.`,
    whose: "you",
    field: "baseUrl",
  };
}
