import type { Words } from "@/lib/connectors/failures";
import type { FailedOutcome, FailureReason } from "@/lib/connectors/types";

/** Texts for answers from a proxy in front of Bitbucket, or from a Bitbucket rule that does not concern the credential. */
export const frontProxyWords = {
  SIGN_IN_PAGE: {
    title: "A sign-in page answers in place of Bitbucket",
    cure: "Companies put such pages in front of a server, and programs cannot sign in there. Ask your Bitbucket administrator for an address at which its REST interface answers, or to let it through.",
    whose: "your Bitbucket administrator",
    field: "baseUrl",
  },
  FRONT_REFUSES: {
    title: "Something in front of Bitbucket refuses the portal",
    cure: "A proxy, a firewall or a company sign-in answers in its place, so Bitbucket has not judged the account. Ask your network's administrator to let the portal through to Bitbucket's REST interface.",
    whose: "your network",
    field: "baseUrl",
  },
  RULE_REFUSES: {
    title: "The server refuses the portal by a rule of its own",
    cure: "It says nothing of the account; such rules go by the caller's address or the licence, for example. Ask your Bitbucket administrator to let the portal in.",
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
    cure: "The server knows it and lets nobody sign in with it. Ask your Bitbucket administrator to activate it, or use another account.",
    whose: "your Bitbucket administrator",
    field: "username",
  },
  DIRECTORY_UNREACHABLE: {
    title: "Bitbucket cannot ask its user directory",
    cure: "So it has not judged the account. Try again in a few minutes; if it stays, tell your Bitbucket administrator.",
    whose: "you",
    field: null,
  },
  KEY_NOT_RECOGNISED: {
    title: "The server does not say whether it took the API key",
    cure: "It names no account and shows nothing that visitors would not see. Either the key may read nothing, or a proxy takes it out of the request. Ask your Bitbucket administrator which.",
    whose: "your Bitbucket administrator",
    field: "username",
  },
  EVERYBODY_SIGNED_IN: {
    title: "The server signs everybody in as one account",
    cure: "It answers visitors in that account's name too, so nothing is known of this credential. Often a proxy signs in for all; ask your Bitbucket administrator for an address without it.",
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
