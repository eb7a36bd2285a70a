import type { CredentialOperation } from "@/lib/credentials/policy";
import type { FlowOperation } from "@/lib/endpoints/policy";
import type { TeamOperation } from "@/lib/teams/policy";

/** What a page, route or action asks for before it shows or does anything. */
export type Asks =
  | { of: "credential"; to: CredentialOperation }
  | { of: "flow"; to: FlowOperation }
  | { of: "team"; to: TeamOperation }
  // What one does to what is one's own, or was addressed to one: whoever is signed in gets the same.
  | { of: "signed-in" }
  | { of: "portal administrator" }
  | { of: "anyone" };

/** One page or route of `app`: by its folder, with an address of it (`id` is the thing's). */
export type RouteRow = {
  route: string;
  asks: Asks;
  address: (id: string) => string;
  /** What somebody gets who sees the thing, and whose role is too weak: a page that says so, or nothing. */
  weak?: "told" | "nothing";
  /** What the allowed get, where that is no page: a way on (307), or nothing because there is nothing yet. */
  gives?: number;
  /** Routes for scripts and pictures answer those without a session with nothing instead of the way to sign in. */
  withoutSession?: number;
};

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
const flow = (route: string, to: FlowOperation, more: Partial<RouteRow> = {}): RouteRow => ({
  route: `[direction]/[flow]${route}`,
  asks: { of: "flow", to },
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

/** Every page and route of the portal. One that is missing here fails the test. */
export const routeRows: RouteRow[] = [
  { route: "sign-in", asks: { of: "anyone" }, address: () => "/sign-in" },
  { route: "sign-up", asks: { of: "anyone" }, address: () => "/sign-up" },
  { route: "api/auth/[...nextauth]", asks: { of: "anyone" }, address: () => "/api/auth/session" },
  { route: "api/health", asks: { of: "anyone" }, address: () => "/api/health" },
  { route: "invitations/[token]", asks: { of: "anyone" }, address: (id) => `/invitations/${id}` },

  { route: "reset-password", asks: { of: "anyone" }, address: () => "/reset-password" },
  { route: "reset-password/done", asks: { of: "anyone" }, address: () => "/reset-password/done" },
  { route: "reset-password/[token]", asks: { of: "anyone" }, address: (id) => `/reset-password/${id}` },

  signedIn("", "/"),
  signedIn("[direction]", "/sources"),
  signedIn("[direction]/new", "/sources/new"),
  signedIn("[direction]/new/[connector]", wizard),
  signedIn("[direction]/new/[connector]/credentials/new", `${wizard}/credentials/new`),
  {
    route: "[direction]/new/[connector]/details",
    asks: { of: "credential", to: "use" },
    address: (id) => `${wizard}/details?credential=${id}`,
  },
  signedIn("credentials", "/credentials"),
  signedIn("credentials/new", "/credentials/new"),
  signedIn("account", "/account"),
  signedIn("teams", "/teams"),
  signedIn("teams/new", "/teams/new"),
  // A check is followed by whoever has started it, while it lasts; these have started none.
  {
    ...signedIn("checks/[check]", `/checks/${crypto.randomUUID()}`, 404),
    withoutSession: 404,
  },

  credential("", "see"),
  credential("/avatar", "see", { withoutSession: 404 }),
  credential("/delete", "delete"),
  credential("/edit", "edit"),
  credential("/handover", "handOver", { weak: "nothing" }),
  credential("/history", "readHistory"),
  credential("/replace-secret", "replaceSecret"),
  credential("/share", "see"),

  flow("", "see"),
  flow("/delete", "delete"),
  flow("/edit", "edit"),
  flow("/share", "see"),

  team("", "see"),
  team("/edit", "edit"),
  team("/history", "readHistory"),

  forAdministrators("admin", "/admin", 307),
  forAdministrators("admin/audit", "/admin/audit"),
  { ...forAdministrators("admin/audit/export/[format]", "/admin/audit/export/csv"), withoutSession: 404 },
  forAdministrators("admin/servers", "/admin/servers"),
  forAdministrators("admin/servers/certificate", "/admin/servers/certificate?server=https%3A%2F%2Flocalhost"),
  forAdministrators("admin/teams", "/admin/teams"),
  forAdministrators("admin/users", "/admin/users"),
  forAdministrators("admin/users/invitations", "/admin/users/invitations"),
  { ...forAdministrators("admin/users/[person]", ""), address: (id) => `/admin/users/${id}` },
];
