import { expect, type Page } from "@playwright/test";
import { type RouteRow, routeRows } from "@/lib/testing/register/every-route";
import { addCredentialPath, authenticatePath, fillIn, openOverlay, overlayOf, save } from "../page-objects";
import type { PicturedPortal, Viewer } from "./filled-portal";

/** One picture in each width and theme. `act` brings the page into its state after it was opened. */
export type PicturedPage = {
  readonly name: string;
  readonly viewer: Viewer;
  readonly address: string;
  readonly act?: (page: Page) => Promise<unknown>;
};

/** Every page of the register, and the states that no address has. */
export function picturedPages(portal: PicturedPortal): PicturedPage[] {
  return [...registered(portal), ...ofDestinations(portal), ...empty, ...states(portal)];
}

function registered(portal: PicturedPortal): PicturedPage[] {
  const pages = routeRows.filter(({ isHandler, gives }) => !isHandler && (gives ?? 200) === 200);
  return pages.map((row) => ({
    name: row.route === "" ? "start" : row.route.replaceAll(/[[\]().]/g, "").replaceAll("/", "-"),
    viewer: row.asks.of === "anyone" ? "visitor" : "dana",
    address: row.address(idFor(row, portal)),
  }));
}

function idFor({ route, asks }: RouteRow, portal: PicturedPortal): string {
  if (asks.of === "credential" || asks.of === "endpoint" || asks.of === "team") return portal[asks.of];
  return route === "admin/users/[user]" ? portal.person : "there-is-none";
}

function ofDestinations({ endpoint, run, written, dryRun }: PicturedPortal): PicturedPage[] {
  const destination = (path: string) => `/destinations/${path}`;
  const [writing = "", merging = ""] = [written, dryRun].map((path) => path.split("/")[0]);
  const pages = {
    "source-run": `/sources/${endpoint}/runs/${run}`,
    destination: destination(writing),
    "destination-data": destination(`${writing}/edit/data`),
    "destination-run": destination(written),
    "destination-result": destination(`${written}/results/1`),
    "destination-dry-run": destination(`${merging}/dry-run`),
    "destination-dry-run-results": destination(dryRun),
    destinations: "/destinations",
  };
  return Object.entries(pages).map(([name, address]) => ({ name, viewer: "dana", address }));
}

const empty: PicturedPage[] = Object.entries({
  start: "/",
  sources: "/sources",
  authenticate: authenticatePath,
  credentials: "/credentials",
  teams: "/teams",
  inbox: "/inbox",
  search: "/search?q=nothing+like+it",
  absent: "/credentials/there-is-none",
}).map(([name, address]) => ({ name: `empty-${name}`, viewer: "newcomer", address }));

function states({ credential, rejected }: PicturedPortal): PicturedPage[] {
  const of = (name: string, address: string, act?: PicturedPage["act"]): PicturedPage => ({
    ...{ name, viewer: "dana", address },
    ...(act ? { act } : {}),
  });
  const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
  return [
    of("credential-rejected", `/credentials/${rejected}`),
    of("authenticate-rejected", `${authenticatePath}?credential=${rejected}`),
    of("credential-saved", `${authenticatePath}?credential=${credential}&saved=1`),
    of("overlay", authenticatePath, openOverlay),
    of("overlay-fields-missing", authenticatePath, async (page) => {
      await save(await openOverlay(page));
      await expect(overlayOf(page).locator("[aria-invalid=true]").first()).toBeVisible();
    }),
    of("overlay-refused", authenticatePath, async (page) => {
      const typed = {
        name: "Wrong",
        baseUrl: "http://localhost:11400/",
        username: "jcitizen",
        password: "no",
      };
      await fillIn(await openOverlay(page), typed);
      await save(overlayOf(page));
      await expect(overlayOf(page).getByRole("alert").first()).toBeVisible();
    }),
    of("form-without-overlay", addCredentialPath),
    of("share-over-page", "/credentials", (page) =>
      page
        .getByRole("link", { name: /^Share/ })
        .first()
        .click(),
    ),
    of("account-menu", "/credentials", press("Account menu")),
    of("palette", "/credentials", async (page) => {
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog")).toBeVisible();
    }),
    { name: "sign-in-refused", viewer: "visitor", address: "/sign-in?error=CredentialsSignin" },
  ];
}
