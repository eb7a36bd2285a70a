import { expect, type Locator, type Page } from "@playwright/test";
import type { User } from "./fixtures";
import { buttonValue, documentOf } from "./html";

/** The visible differences between making a source and making a destination. */
export const directions = [
  { noun: "source", choice: "New data source", path: "/sources", list: "Data sources" },
  { noun: "destination", choice: "New data destination", path: "/destinations", list: "Data destinations" },
] as const;

/** The Authenticate screen of a new data source, for tests in which the direction does not matter. */
export const authenticatePath = "/sources/new/bitbucket-server";
/** The overlay's own address, which opens as a page. */
export const addCredentialPath = `${authenticatePath}/credentials/new`;

/** A choice of the step Data: all repositories. */
export const choice = "stream=repositories&scope=everything";

/** The choice of a destination that comments for each record of a data set: a mapping of constants. */
export function commentChoice(sourceId: string): string {
  const constants = { project: "SHOP", repository: "storefront", pullRequest: "1", text: "Nightly import" };
  const mapping = Object.entries(constants).map(([name, value]) => `m.${name}=constant&v.${name}=${value}`);
  return `action=pull-request-comment&input=source&source=${sourceId}&${mapping.join("&")}`;
}

/** The step Details for a credential; a source reads all repositories, a destination comments for their records. */
export function detailsPath(credentialId: string, path = "/sources", sourceId = ""): string {
  const details = `${path}/new/bitbucket-server/details?credential=${credentialId}`;
  return `${details}&${path === "/sources" ? choice : commentChoice(sourceId)}`;
}

/** The fields of `addEndpointAction` for such a source. */
export const sentSource = { direction: "source", connector: "bitbucket-server", choice };

/** The id of a user's account, as a portal administrator finds it. */
export async function idOf(administrator: User, { email }: User): Promise<string> {
  const page = await administrator.client.get(`/admin/users?q=${encodeURIComponent(email)}`);
  return /\/admin\/users\/([0-9a-f-]{36})/.exec(await page.text())?.[1] ?? "";
}

/** Saves a source or destination without script and returns its id. A destination gets a source of its own. */
export async function seedEndpoint(
  user: Pick<User, "client">,
  credentialId: string,
  { name = "Nightly import", description = "", path = "/sources" } = {},
): Promise<string> {
  const sourceId =
    path === "/sources" ? "" : await seedEndpoint(user, credentialId, { name: `Records of ${name}` });
  const fields = { name, description, credentialId };
  const answer = await user.client.submit(detailsPath(credentialId, path, sourceId), fields);
  const location = answer.headers.get("location") ?? "";
  const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(location)?.[0];
  if (!id) throw new Error(`saving ${name} answered ${answer.status}`);
  return id;
}

/** A source that needs a call for each repository. */
export async function seedPullRequests(user: Pick<User, "client">, credentialId: string): Promise<string> {
  const details = `/sources/new/bitbucket-server/details?credential=${credentialId}`;
  const fields = { name: "Pull requests", description: "", credentialId };
  const saved = await user.client.submit(`${details}&stream=pull-requests&scope=everything`, fields);
  return new URL(saved.headers.get("location") ?? "", user.client.origin).pathname.split("/").at(-1) ?? "";
}

/** The state of the run that the page shows. */
export function stateOn(page: Page): Locator {
  return page
    .getByRole("status")
    .filter({ hasText: /^(Queued|Running|Waiting|Succeeded|Incomplete|Failed|Cancelled)/ });
}

/** On the step Data: chooses a stream, and goes on. */
export async function chooseData(page: Page, stream = "Repositories"): Promise<void> {
  await page.getByRole("radio", { name: stream, exact: true }).check();
  await page.getByRole("button", { name: "Next" }).click();
}

/** On the step Data of a destination: comments with constants for each record of the first data set, and goes on. */
export async function chooseWriting(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Pull request comment", exact: true }).check();
  await page.getByRole("radiogroup", { name: "Data sets" }).getByRole("radio").first().check();
  const showFields = page.getByRole("button", { name: "Show fields" }).first();
  if (await showFields.isVisible()) await showFields.click();
  for (const [field, value] of [
    ["Project", "SHOP"],
    ["Repository", "storefront"],
    ["Pull request", "1"],
    ["Text", "Nightly import"],
  ] as const) {
    const group = page.getByRole("group", { name: field, exact: true });
    await group.getByLabel("Value from").selectOption("Constant");
    await group.getByLabel("Constant").fill(value);
  }
  await page.getByRole("button", { name: "Next" }).click();
}

/** The values for the Add New Credential form; fields left out stay empty. */
export type Typed = {
  name: string;
  description?: string;
  baseUrl: string;
  username: string;
  password?: string;
};

/** The open overlay. */
export function overlayOf(page: Page): Locator {
  return page.getByRole("dialog", { name: "Add New Credential" });
}

/** The tiles of the Authenticate screen. */
export function tilesOf(page: Page): Locator {
  return page.getByRole("radiogroup", { name: "Credentials" }).getByRole("radio");
}

/** The tile with this name. */
export function tileOf(page: Page, name: string): Locator {
  return page.getByRole("radiogroup", { name: "Credentials" }).getByRole("radio", { name, exact: true });
}

/** A field of Add New Credential by its label. */
export function fieldOf(scope: Page | Locator, label: FieldLabel): Locator {
  return scope.getByLabel(label, { exact: true });
}

export const fieldLabels = {
  name: "Credential Name",
  description: "Credential Description",
  baseUrl: "Base URL for Bitbucket Server",
  username: "Username Or API Key",
  password: "Password",
} as const;

type FieldLabel = (typeof fieldLabels)[keyof typeof fieldLabels];

/**
 * Waits until React has hydrated this element. Before that, a link into an overlay opens the overlay's page: correct,
 * but another case.
 */
export async function takenOver(element: Locator): Promise<Locator> {
  const isReacts = () =>
    element.evaluate((node) => Object.keys(node).some((key) => key.startsWith("__reactProps")));
  await expect.poll(isReacts).toBe(true);
  return element;
}

/** Waits until the page is hydrated and idle: by then any policy violation has happened. */
export async function settled(page: Page): Promise<void> {
  await takenOver(page.locator("a, button").first());
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))));
}

/** Opens the overlay from the Authenticate screen, by a click. */
export async function openOverlay(page: Page): Promise<Locator> {
  await page.goto(authenticatePath);
  return openOverlayHere(page);
}

/** Like `openOverlay`, but on the Authenticate screen that is already open, which is many times faster. */
export async function openOverlayHere(page: Page): Promise<Locator> {
  await (await takenOver(page.getByRole("link", { name: /^Add Credential/ }))).click();
  const overlay = overlayOf(page);
  await expect(overlay).toBeVisible();
  return overlay;
}

/** Types into the form, in the overlay or on its page; does not submit. */
export async function fillIn(scope: Page | Locator, typed: Typed): Promise<void> {
  await fieldOf(scope, fieldLabels.name).fill(typed.name);
  await fieldOf(scope, fieldLabels.description).fill(typed.description ?? "");
  await fieldOf(scope, fieldLabels.baseUrl).fill(typed.baseUrl);
  await fieldOf(scope, fieldLabels.username).fill(typed.username);
  const password = fieldOf(scope, fieldLabels.password);
  // With an API key in the first field, the password field is hidden.
  if (await password.isVisible()) await password.fill(typed.password ?? "");
}

/** Presses Save, the button that checks. */
export async function save(scope: Page | Locator): Promise<void> {
  await scope.getByRole("button", { name: "Save", exact: true }).click();
}

/** Posts the form's page without script, the fastest way to add a tile; returns the portal's response. */
export function postCredential({ client }: Pick<User, "client">, typed: Typed): Promise<Response> {
  return client.submit(addCredentialPath, formFields(typed));
}

/** Stores a credential that way, and returns its id. */
export async function seedCredential(user: Pick<User, "client">, typed: Typed): Promise<string> {
  const answer = await postCredential(user, typed);
  const location = answer.headers.get("location");
  const id = location && new URL(location, user.client.origin).searchParams.get("credential");
  if (!id) throw new Error(`saving ${typed.name} answered ${answer.status}: ${await answer.text()}`);
  return id;
}

/** The token for saving without a check in a no-script response; null if there is none. */
export function tokenIn(html: string): string | null {
  return buttonValue(html, "uncheckedToken");
}

/** Stores a credential without a check, for a server that cannot be asked. */
export async function seedUnproven(user: Pick<User, "client">, typed: Typed): Promise<void> {
  const token = tokenIn(await (await postCredential(user, typed)).text());
  const fields = formFields(typed);
  const answer = await user.client.submit(addCredentialPath, fields, ["uncheckedToken", token ?? ""]);
  if (answer.status !== 303) throw new Error(`saving ${typed.name} unchecked answered ${answer.status}`);
}

/** The names of a user's tiles, newest first, from the Authenticate screen's HTML. */
export async function tileNames({ client }: Pick<User, "client">): Promise<string[]> {
  const answer = await client.get(authenticatePath);
  if (answer.status !== 200) throw new Error(`the Authenticate screen answered ${answer.status}`);
  const names = documentOf(await answer.text()).querySelectorAll('[id^="credential-"][id$="-name"]');
  return [...names].map(({ textContent }) => textContent);
}

/** The values as the form posts them; empty fields are posted too. */
export function formFields(typed: Typed): Record<string, string> {
  return { description: "", password: "", ...typed };
}
