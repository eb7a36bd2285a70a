import {
  deeplyNested,
  emptyBody,
  endlessBody,
  gzipBomb,
  headerFlood,
  notUtf8,
  oddLists,
  oddShape,
  signInPage,
  signInPageLater,
  signInPageOnRest,
} from "./answer-faults";
import { type Delivery, sendAfterInterim, sendCompressed, sendWithHeaders } from "./delivery";
import { echoesSecret } from "./echo";
import type { FaultRow } from "./fault-row";
import type { Group } from "./groups";
import type { InstanceDescription } from "./instance";
import {
  brokenStatus,
  cutAnswer,
  drippingBody,
  drippingHeaders,
  halfClosed,
  longAnswer,
  resetAtOnce,
  shortAnswer,
  silence,
  silentStatus,
} from "./line-faults";
import { bitbucketCloud, confluence, jira, lockedJira } from "./other-products";
import { productRows } from "./product-faults";
import { wantsClientCertificate, website } from "./proxies";
import { proxyRows } from "./proxy-faults";
import {
  CAUGHT_PATH,
  metaRefresh,
  redirectLoop,
  redirectsAway,
  redirectsSignedIn,
  redirectToHttps,
} from "./redirect-faults";
import { signInFaults } from "./sign-in-faults";

const redirects: readonly FaultRow[] = [
  ...[301, 302, 303, 307, 308].map(
    (status) =>
      [
        `/redirect-${status}`,
        `${status} to ${CAUGHT_PATH} of another origin`,
        redirectsAway(status),
      ] as const,
  ),
  ["/redirect-signed-in", `307 to ${CAUGHT_PATH} once a credential comes along`, redirectsSignedIn],
  ["/to-https", "Redirects to https on this host", redirectToHttps],
  ["/loop", "Redirects to itself, for ever", redirectLoop],
  ["/meta-refresh", `A page that sends browsers on to ${CAUGHT_PATH}`, metaRefresh],
  [CAUGHT_PATH, "A Bitbucket to which those lead: what arrives here followed a redirect"],
];

const waiting: readonly FaultRow[] = [
  ["/hang", "Takes every request and never answers", silence],
  ["/silent-status", "Answers everything but its status page", silentStatus],
  ["/drip", "One byte of the answer each second", drippingBody],
  ["/drip-headers", "One byte of a header each second", drippingHeaders],
  ["/half-closed", "Ends its own side without an answer and goes on listening", halfClosed],
];

const lines: readonly FaultRow[] = [
  ["/reset", "Resets the connection before the answer", resetAtOnce],
  ["/broken-status", "Resets the connection when its status page is asked for", brokenStatus],
  ["/cut", "Resets the connection in the middle of the answer", cutAnswer],
  ["/short", "Announces more bytes than it sends", shortAnswer],
  ["/long", "Announces fewer bytes than it sends", longAnswer],
  ["/header-flood", "30 KB of headers", headerFlood],
  ["/endless", "A body without an end", endlessBody],
  ["/bomb", "gzip that nobody asked for: 50 KB that grow to 50 MB", gzipBomb],
];

/** A healthy Bitbucket with an unusual way of sending. */
const sentOddly: readonly (readonly [path: string, note: string, deliver: Delivery])[] = [
  ["/gzip", "Compresses every answer with gzip, though nobody asked", sendCompressed("gzip")],
  ["/brotli", "Compresses every answer with Brotli, though nobody asked", sendCompressed("br")],
  ["/deflate", "Compresses every answer with deflate, though nobody asked", sendCompressed("deflate")],
  ["/many-cookies", "18 KB of headers with every answer", sendWithHeaders(18_000)],
  ["/continue", "Says 100 Continue before every answer", sendAfterInterim("100 Continue")],
  [
    "/early-hints",
    "Says 102 and 103 before every answer",
    sendAfterInterim("102 Processing", "103 Early Hints\r\nLink: </s/main.css>; rel=preload"),
  ],
];

const answers: readonly FaultRow[] = [
  ["/html", "A sign-in page with 200 for everything", signInPage],
  ["/sso-page", "The same in front of the REST API only; the status stays open", signInPageOnRest],
  [
    "/sso-later",
    "Lists turn into a sign-in page after their first page, repositories at once",
    signInPageLater,
  ],
  ["/latin1", "JSON that is not UTF-8", notUtf8],
  ["/empty", "200 with an empty body", emptyBody],
  ["/odd", "JSON of another shape", oddShape],
  ["/odd-lists", "Lists of another shape", oddLists],
  ["/echo", "Says the secret that it was just sent, as account, display name and server name", echoesSecret],
  ["/deep", "JSON nested 100 000 levels deep", deeplyNested],
];

const products: readonly FaultRow[] = [
  ["/client-certificate", "nginx that misses a client certificate: 400", wantsClientCertificate(400)],
  ["/client-certificate-496", "The same with nginx's own number, 496", wantsClientCertificate(496)],
  ["/jira", "Jira, not Bitbucket", jira],
  ["/jira-locked", "Jira that asks for a CAPTCHA", lockedJira],
  ["/confluence", "Confluence, not Bitbucket", confluence],
  ["/cloud", "Answers as Bitbucket Cloud does", bitbucketCloud],
  ["/website", "An ordinary website", website],
];

/** The faulty servers, each with a context path of its own. */
export const faultDescriptions: readonly InstanceDescription[] = [
  ...inGroup("Redirects", redirects),
  ...inGroup("Waiting", waiting),
  ...inGroup("Broken lines", lines),
  ...sentOddly.map(([path, note, deliver]) => ({ path, note, deliver, group: "Broken lines" as const })),
  ...inGroup("Odd answers", answers),
  ...inGroup("Something in front", proxyRows),
  ...signInFaults,
  ...inGroup("Other products", [...products, ...productRows]),
  {
    path: "/not-allowed",
    group: "Rights and names",
    note: "Signs in, then permits nothing: 401 with AuthorisationException",
    settings: { permitsNothing: true },
  },
  {
    path: "/hostile-names",
    group: "Rights and names",
    note: "Names hold markup, formulas, escape codes and 10 000 characters",
    settings: { hostileNames: true },
  },
];

function inGroup(group: Group, rows: readonly FaultRow[]): InstanceDescription[] {
  return rows.map(([path, note, proxy]) => ({ path, group, note, ...(proxy ? { proxy } : {}) }));
}
