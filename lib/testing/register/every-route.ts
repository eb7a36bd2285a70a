import type { CredentialOperation } from "@/lib/credentials/policy";
import type { EndpointOperation } from "@/lib/endpoints/policy";
import type { TeamOperation } from "@/lib/teams/policy";
import { type Asks, never } from "./entry";

/** One page or route of `app`: its folder, and a URL for it (`id` is the item's). */
export type RouteRow = {
  route: string;
  /** True for a `route.ts`; without it the folder holds a `page.tsx`. */
  isHandler?: true;
  asks: Asks;
  address: (id: string) => string;
  /** What a user sees whose role on the item is too weak: a page that says so, or nothing. */
  weak?: "told" | "nothing";
  /** The status for allowed users if it is not 200: a redirect (307), or 404 because there is nothing yet. */
  gives?: number;
  /** The status without a session if it is not the redirect to sign-in: routes for scripts and pictures give 404. */
  withoutSession?: number;
};

const open = (route: string, address: RouteRow["address"]): RouteRow => ({
  route,
  asks: { of: "anyone" },
  address,
});
const handler = (route: string, address: RouteRow["address"]): RouteRow => ({
  ...open(route, address),
  isHandler: true,
});
const signedIn = (route: string, address: string, gives?: number): RouteRow => ({
  route,
  asks: { of: "signed-in" },
  address: () => address,
  ...(gives === undefined ? {} : { gives }),
});
const forAdministrators = (route: string, address: string, gives?: number): RouteRow => ({
  ...signedIn(route, address, gives),
  asks: { of: "portal administrator" },
});
const credential = (route: string, to: CredentialOperation, more: Partial<RouteRow> = {}): RouteRow => ({
  route: `credentials/[credential]${route}`,
  asks: { of: "credential", to },
  address: (id) => `/credentials/${id}${route}`,
  weak: "told",
  ...more,
});
const endpoint = (route: string, to: EndpointOperation, more: Partial<RouteRow> = {}): RouteRow => ({
  route: `[direction]/[endpoint]${route}`,
  asks: { of: "endpoint", to },
  address: (id) => `/sources/${id}${route}`,
  weak: "told",
  ...more,
});
const team = (route: string, to: TeamOperation): RouteRow => ({
  route: `teams/[team]${route}`,
  asks: { of: "team", to },
  address: (id) => `/teams/${id}${route}`,
  weak: "nothing",
});

const wizard = "/sources/new/bitbucket-server";

/** Every page and route of the portal. `register.test.ts` compares them with `app`. */
export const routeRows: readonly RouteRow[] = [
  open("sign-in", () => "/sign-in"),
  open("sign-up", () => "/sign-up"),
  handler("api/auth/[...nextauth]", () => "/api/auth/session"),
  handler("api/health", () => "/api/health"),
  handler("icons.svg", () => "/icons.svg"),
  open("invitations/[token]", (id) => `/invitations/${id}`),

  { ...handler("calendar/[token]/ends.ics", (id) => `/calendar/${id}/ends.ics`), gives: 404 },
  open("reset-password", () => "/reset-password"),
  open("reset-password/done", () => "/reset-password/done"),
  handler("reset-password/[token]", (id) => `/reset-password/${id}`),

  signedIn("", "/"),
  signedIn("[direction]", "/sources"),
  signedIn("[direction]/new", "/sources/new"),
  signedIn("[direction]/new/[connector]", wizard),
  signedIn("[direction]/new/[connector]/credentials/new", `${wizard}/credentials/new`),
  {
    route: "[direction]/new/[connector]/details",
    asks: { of: "credential", to: "use" },
    address: (id) => `${wizard}/details?credential=${id}&stream=repositories&scope=everything`,
  },
  {
    route: "[direction]/new/[connector]/data",
    asks: { of: "credential", to: "use" },
    address: (id) => `${wizard}/data?credential=${id}`,
  },
  signedIn("credentials", "/credentials"),
  signedIn("credentials/new", "/credentials/new"),
  signedIn("search", "/search?q=a"),
  { ...signedIn("search/results", "/search/results?q=a"), isHandler: true, withoutSession: 404 },
  signedIn("account", "/account"),
  signedIn("account/display", "/account/display"),
  signedIn("account/notifications", "/account/notifications"),
  signedIn("inbox", "/inbox"),
  signedIn("teams", "/teams"),
  signedIn("teams/new", "/teams/new"),
  // It takes forms only.
  { ...signedIn("uploads", "/uploads", 405), isHandler: true, withoutSession: 405 },
  // Only the user who started a check can follow it, while it runs. The users of the matrix have started none.
  {
    ...signedIn("checks/[check]", `/checks/${crypto.randomUUID()}`, 204),
    isHandler: true,
    withoutSession: 204,
  },

  credential("", "see"),
  credential("/avatar", "see", { isHandler: true, withoutSession: 404 }),
  credential("/delete", "delete"),
  credential("/edit", "edit"),
  credential("/transfer", "transfer", { weak: "nothing" }),
  credential("/history", "readHistory"),
  credential("/replace-secret", "replaceSecret"),
  credential("/share", "see"),

  endpoint("", "see"),
  endpoint("/delete", "delete"),
  endpoint("/edit", "edit"),
  endpoint("/edit/data", "edit"),
  endpoint("/share", "see"),
  endpoint("/runs", "see"),
  // Nobody in the matrix has run anything.
  endpoint("/runs/[run]", "see", { address: (id) => `/sources/${id}/runs/${never}`, gives: 404 }),
  // Only destinations have these, and the endpoint of the matrix is a source.
  endpoint("/dry-run", "see", { gives: 404 }),
  endpoint("/runs/[run]/results/[number]", "see", {
    address: (id) => `/destinations/${id}/runs/${never}/results/1`,
    gives: 404,
  }),
  ...["ndjson", "csv"].map((format) =>
    endpoint(`/runs/[run]/results.${format}`, "see", {
      address: (id) => `/destinations/${id}/runs/${never}/results.${format}`,
      ...{ isHandler: true, withoutSession: 404, gives: 404 },
    }),
  ),
  endpoint("/history", "see"),
  endpoint("/access", "see"),
  endpoint("/data", "see"),
  // The source of the matrix has not run, so there is no such record.
  endpoint("/data/record", "see", { address: (id) => `/sources/${id}/data/record?key=1`, gives: 404 }),
  endpoint("/columns", "see"),
  endpoint("/data.ndjson", "see", { isHandler: true, withoutSession: 404 }),
  endpoint("/data.csv", "see", { isHandler: true, withoutSession: 404 }),
  endpoint("/data.json", "see", { isHandler: true, withoutSession: 404 }),
  endpoint("/data.parquet", "see", { isHandler: true, withoutSession: 404 }),

  team("", "see"),
  team("/edit", "edit"),
  team("/history", "readHistory"),
  team("/notifications", "manageWebhook"),

  forAdministrators("admin", "/admin", 307),
  forAdministrators("admin/audit", "/admin/audit"),
  {
    ...forAdministrators("admin/audit/export/[format]", "/admin/audit/export/csv"),
    isHandler: true,
    withoutSession: 404,
  },
  forAdministrators("admin/servers", "/admin/servers"),
  forAdministrators("admin/servers/certificate", "/admin/servers/certificate?server=https%3A%2F%2Flocalhost"),
  forAdministrators("admin/servers/policy", "/admin/servers/policy"),
  forAdministrators("admin/teams", "/admin/teams"),
  forAdministrators("admin/users", "/admin/users"),
  forAdministrators("admin/users/invitations", "/admin/users/invitations"),
  { ...forAdministrators("admin/users/[user]", ""), address: (id) => `/admin/users/${id}` },
];
