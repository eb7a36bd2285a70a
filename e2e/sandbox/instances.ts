import { faultDescriptions } from "./faults";
import type { InstanceDescription } from "./instance";
import { brokenGateway, singleSignOn, tooManyRequests } from "./proxies";

const HEALTHY = "Healthy";
const STATE = "Not ready, or something in between";

/**
 * The servers of the sandbox, one per context path. No path begins with a segment that the base-URL normalizer would
 * cut off, such as `rest`, `projects` or `login`.
 */
export const instanceDescriptions: readonly InstanceDescription[] = [
  { path: "/", group: HEALTHY, note: "Healthy 9.4, at the root", settings: { version: "9.4.3" } },
  {
    path: "/bitbucket",
    group: HEALTHY,
    note: "Healthy 8.19, with a context path; tells a key when it ends",
    settings: { version: "8.19.14", tellsKeysOfThemselves: true },
  },
  {
    path: "/stash",
    group: HEALTHY,
    note: "Old 7.21, no archive yet; pictures of people lie elsewhere",
    settings: { version: "7.21.18", publicAvatars: true },
  },
  {
    path: "/ten",
    group: HEALTHY,
    note: "10.2 with Basic switched off, the default of 10.x",
    settings: { version: "10.2.1", basicAuth: false },
  },
  {
    path: "/public",
    group: HEALTHY,
    note: "9.4 that shows public projects to anybody",
    settings: { publicAccess: true },
  },
  {
    path: "/ignores",
    group: STATE,
    note: "A proxy strips the Authorization header",
    settings: { stripsAuthorization: true },
  },
  {
    path: "/slow",
    group: STATE,
    note: "Answers late, after 3 s unless told otherwise",
    settings: { delayMs: 3_000 },
  },
  {
    path: "/slow-directory",
    group: STATE,
    note: "Takes 7 s for whatever comes with a credential, as a slow directory of accounts makes it",
    settings: { signInDelayMs: 7_000 },
  },
  { path: "/starting", group: STATE, note: "Still starting: 503", settings: { state: "STARTING" } },
  { path: "/in-maintenance", group: STATE, note: "In maintenance", settings: { state: "MAINTENANCE" } },
  { path: "/busy", group: STATE, note: "429 to everything but /status", proxy: tooManyRequests },
  { path: "/broken", group: STATE, note: "502 from a gateway", proxy: brokenGateway },
  { path: "/sso", group: STATE, note: "Redirects everything to a sign-in page", proxy: singleSignOn },
  ...faultDescriptions,
];
