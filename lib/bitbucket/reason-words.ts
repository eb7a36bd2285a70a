import { frontWords } from "@/lib/bitbucket/front-words";
import { proxyWords } from "@/lib/bitbucket/proxy-words";
import type { FailureDescription } from "@/lib/bitbucket/reasons";
import type { FailureReason } from "@/lib/bitbucket/types";

/** What is said of one failure. */
export type Words = Omit<FailureDescription, "mayStoreUnchecked">;

/** What is said of each failure. Those whose words depend on more have their general form here. */
export const failureWords: Readonly<Record<FailureReason, Words>> = {
  ...frontWords,
  INVALID_BASE_URL: {
    title: "This is not the address of a server",
    cure: "Enter the address at which you open Bitbucket in the browser, for example https://bitbucket.example.com.",
    whose: "you",
    field: "baseUrl",
  },
  ADDRESS_NOT_ALLOWED: {
    title: "The portal may not call this address",
    cure: "If the address is right, ask the portal's administrator to allow it.",
    whose: "the portal's administrator",
    field: "baseUrl",
  },
  PORT_NOT_ALLOWED: {
    title: "This port belongs to another kind of service",
    cure: "Use the port that you see when you open Bitbucket in the browser; without one there, leave it out.",
    whose: "you",
    field: "baseUrl",
  },
  PLAIN_HTTP_NOT_ALLOWED: {
    title: "The portal sends credentials over https only",
    cure: "Over http, everyone on the way could read the secret. Begin the address with https://. If your server has no https, the portal's administrator can list it in EGRESS_PLAIN_HTTP.",
    whose: "you",
    field: "baseUrl",
  },
  BITBUCKET_CLOUD: {
    title: "This is Bitbucket Cloud",
    cure: "This connector is for Bitbucket Server, which your company runs under its own address. Enter that address.",
    whose: "you",
    field: "baseUrl",
  },
  NAME_UNKNOWN: {
    title: "The server's name could not be found",
    cure: "Check the spelling. If it is right, the portal's network does not know this name, perhaps because it is known inside a VPN only.",
    whose: "you",
    field: "baseUrl",
  },
  UNREACHABLE: {
    title: "The server could not be reached",
    cure: "Check host and port. If they are right, the server may be down, or a firewall stands between it and the portal.",
    whose: "you",
    field: "baseUrl",
  },
  TIMED_OUT: {
    title: "The server took too long to answer",
    cure: "Try again in a moment. If it stays slow, tell your Bitbucket administrator.",
    whose: "you",
    field: "baseUrl",
  },
  ...proxyWords,
  HTTPS_EXPECTED: {
    title: "This port speaks https",
    cure: "Begin the address with https:// instead of http://.",
    whose: "you",
    field: "baseUrl",
  },
  HTTP_EXPECTED: {
    title: "This port speaks plain http",
    cure: "Begin the address with http:// instead of https://. The portal allows that for this server, but everyone on the way could read the secret.",
    whose: "you",
    field: "baseUrl",
  },
  HTTP_ONLY_SERVER: {
    title: "This port does not speak https",
    cure: "Check the port: Bitbucket often has another one for https. If it has none, ask your Bitbucket administrator to set up https.",
    whose: "you",
    field: "baseUrl",
  },
  CLIENT_CERTIFICATE_WANTED: {
    title: "The server wants a client certificate",
    cure: "It lets in only those who show a certificate of their own, and the portal has none. Ask your Bitbucket administrator for a way in without one, for example another address or port for the REST interface.",
    whose: "your Bitbucket administrator",
    field: "baseUrl",
  },
  CERTIFICATE_REFUSED: {
    title: "The server's certificate is not trusted",
    cure: "Ask your Bitbucket administrator to look at the server's certificate.",
    whose: "your Bitbucket administrator",
    field: "baseUrl",
  },
  REDIRECTED_TO_HTTPS: {
    title: "The server asks for https",
    cure: "Begin the address with https:// instead of http://.",
    whose: "you",
    field: "baseUrl",
  },
  REDIRECTED: {
    title: "A sign-in page or another address answers first",
    cure: "The server sends callers elsewhere, as company sign-in pages do. Use the address Bitbucket has after signing in, or ask your Bitbucket administrator to let its REST interface through.",
    whose: "you",
    field: "baseUrl",
  },
  NOT_BITBUCKET: {
    title: "There is no Bitbucket Server at this address",
    cure: "Something answers, but not Bitbucket. Open Bitbucket in the browser and copy its address, with the part after the host if there is one, such as /bitbucket.",
    whose: "you",
    field: "baseUrl",
  },
  OTHER_ATLASSIAN_PRODUCT: {
    title: "This is another Atlassian product",
    cure: "The address leads to Jira, Confluence or the like. Enter the address of your Bitbucket Server.",
    whose: "you",
    field: "baseUrl",
  },
  API_NOT_FOUND: {
    title: "This server lacks a part of Bitbucket's REST interface",
    cure: "It may be very old, or a part of it is switched off. Ask your Bitbucket administrator.",
    whose: "your Bitbucket administrator",
    field: "baseUrl",
  },
  STARTING: {
    title: "Bitbucket is not ready yet",
    cure: "It is starting or briefly not available. Try again in a few minutes.",
    whose: "you",
    field: null,
  },
  MAINTENANCE: {
    title: "Bitbucket is under maintenance",
    cure: "Try again when it is over. Your Bitbucket administrator knows when.",
    whose: "you",
    field: null,
  },
  SETUP_UNFINISHED: {
    title: "Bitbucket is not set up yet",
    cure: "Your Bitbucket administrator has to finish its first set-up in the browser.",
    whose: "your Bitbucket administrator",
    field: null,
  },
  RATE_LIMITED: {
    title: "Too many requests for this account",
    cure: "The server asks to wait a moment. Then try again.",
    whose: "you",
    field: null,
  },
  SERVER_ERROR: {
    title: "The server reports a fault of its own",
    cure: "Try again in a few minutes. If it stays, tell your Bitbucket administrator.",
    whose: "you",
    field: null,
  },
  ANSWER_UNREADABLE: {
    title: "The server's answer could not be understood",
    cure: "Something between the portal and Bitbucket, a proxy for example, may change the answers. Ask your network's administrator to let them through as they are.",
    whose: "your network",
    field: "baseUrl",
  },
  ANSWER_COMPRESSED: {
    title: "The answers come compressed",
    cure: "The portal asks for plain answers, and something between it and Bitbucket compresses them all the same. Ask your network's administrator to have that proxy or cache heed Accept-Encoding.",
    whose: "your network",
    field: "baseUrl",
  },
  ANSWER_TOO_LARGE: {
    title: "The answer is larger than the portal reads",
    cure: "Bitbucket's answers here are short, so something else may be answering. Enter the address at which you open Bitbucket in the browser.",
    whose: "you",
    field: "baseUrl",
  },
  HEADERS_TOO_LARGE: {
    title: "The headers of the answer are larger than the portal reads",
    cure: "Proxies and sign-in pages that set many cookies do that. The portal's administrator can raise EGRESS_HEADER_BYTES, or your network's administrator can have fewer headers sent.",
    whose: "the portal's administrator",
    field: "baseUrl",
  },
  SECRET_REJECTED: {
    title: "The server did not accept the credential",
    cure: "Check user name and password, or the API key.",
    whose: "you",
    field: "password",
  },
  ACCOUNT_LOCKED: {
    title: "Bitbucket has locked this account",
    cure: "After several failed attempts it wants a CAPTCHA. Sign in to Bitbucket in the browser once and solve it, or ask your Bitbucket administrator to clear it; then try again.",
    whose: "you",
    field: "username",
  },
  BASIC_SWITCHED_OFF: {
    title: "This server does not take passwords",
    cure: "Signing in with user name and password is switched off there. Make an API key in Bitbucket and put it in the field Username Or API Key.",
    whose: "you",
    field: "password",
  },
  CREDENTIAL_IGNORED: {
    title: "The server did not look at the credential",
    cure: "It answered as to an unknown visitor. Often a proxy takes the sign-in out of the request; ask your Bitbucket administrator. If you entered a user name, check that it is spelled right.",
    whose: "your Bitbucket administrator",
    field: "username",
  },
  XSRF_REFUSED: {
    title: "The server took the request for a forged one",
    cure: "A proxy may be changing the portal's requests. Ask your Bitbucket administrator.",
    whose: "your Bitbucket administrator",
    field: null,
  },
  NOT_PERMITTED: {
    title: "Signed in, but without the rights that are needed",
    cure: "The server knows the account, but lets it read nothing here. Ask your Bitbucket administrator for rights, or use another API key.",
    whose: "your Bitbucket administrator",
    field: "username",
  },
  NOT_SENT_AGAIN: {
    title: "This sign-in was refused before",
    cure: "It has not been sent again, because a few failed attempts lock an account. Correct it; if the server would accept it now, press Try again to send it once.",
    whose: "you",
    field: "password",
  },
  ACCOUNT_STOPPED: {
    title: "Two sign-ins of this account in a row were refused, or their answer got lost",
    cure: "Nothing was sent this time, because a few failed attempts lock an account. Sign in to Bitbucket in the browser to be sure of the password. Then press Try again, which sends it once.",
    whose: "you",
    field: "username",
  },
  CAPTCHA_AWAITED: {
    title: "Bitbucket has locked this account",
    cure: "It wants a CAPTCHA, so nothing was sent this time. Sign in to Bitbucket in the browser once and solve it, or ask your Bitbucket administrator to clear it. Then press Try again.",
    whose: "you",
    field: "username",
  },
  PORTAL_BUSY: {
    title: "Many checks of this server are under way",
    cure: "Try again in a moment.",
    whose: "you",
    field: null,
  },
  CANCELLED: {
    title: "The check was stopped",
    cure: "Nothing was found out. Start it again when you like.",
    whose: "you",
    field: null,
  },
};
