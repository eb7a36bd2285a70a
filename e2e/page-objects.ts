import { expect, type Locator, type Page } from "@playwright/test";
import type { User } from "./fixtures";

/** What differs between making a source and making a destination, as a person reads it. */
export const directions = [
  { noun: "source", choice: "New data source", path: "/sources", list: "Data sources" },
  { noun: "destination", choice: "New data destination", path: "/destinations", list: "Data destinations" },
] as const;

/** The Authenticate screen of a new data source, where it does not matter which wizard it is. */
export const authenticatePath = "/sources/new/bitbucket-server";
/** The overlay's own address, which opens as a page. */
export const addCredentialPath = `${authenticatePath}/credentials/new`;

/** What a person types into Add New Credential; what is left out stays empty. */
export type Typed = {
  name: string;
  description?: string;
  baseUrl: string;
  username: string;
  password?: string;
};

/** The overlay while it is open. */
export function overlayOf(page: Page): Locator {
  return page.getByRole("dialog", { name: "Add New Credential" });
}

/** The tiles of the Authenticate screen. */
export function tilesOf(page: Page): Locator {
  return page.getByRole("radiogroup", { name: "Credentials" }).getByRole("radio");
}

/** The tile of that name. */
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
 * Waits until the page's script has taken this element over. A link into an overlay that is used earlier opens the overlay's
 * page instead, which is right, but another case.
 */
export async function takenOver(element: Locator): Promise<Locator> {
  const isReacts = () =>
    element.evaluate((node) => Object.keys(node).some((key) => key.startsWith("__reactProps")));
  await expect.poll(isReacts).toBe(true);
  return element;
}

/** Waits until the page's script has taken the page over and has nothing more to do: by then it has broken what rules it breaks. */
export async function settled(page: Page): Promise<void> {
  await takenOver(page.locator("a, button").first());
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))));
}

/** Opens the overlay from the Authenticate screen, as a click does. */
export async function openOverlay(page: Page): Promise<Locator> {
  await page.goto(authenticatePath);
  return openOverlayHere(page);
}

/** As `openOverlay`, but on the Authenticate screen that is open: many times quicker. */
export async function openOverlayHere(page: Page): Promise<Locator> {
  await (await takenOver(page.getByRole("link", { name: /^Add Credential/ }))).click();
  const overlay = overlayOf(page);
  await expect(overlay).toBeVisible();
  return overlay;
}

/** Types into the form, in the overlay or on its page; presses nothing. */
export async function fillIn(scope: Page | Locator, typed: Typed): Promise<void> {
  await fieldOf(scope, fieldLabels.name).fill(typed.name);
  await fieldOf(scope, fieldLabels.description).fill(typed.description ?? "");
  await fieldOf(scope, fieldLabels.baseUrl).fill(typed.baseUrl);
  await fieldOf(scope, fieldLabels.username).fill(typed.username);
  const password = fieldOf(scope, fieldLabels.password);
  // With an API key in the first field it is folded away.
  if (await password.isVisible()) await password.fill(typed.password ?? "");
}

/** Presses Save, the one that checks. */
export async function save(scope: Page | Locator): Promise<void> {
  await scope.getByRole("button", { name: "Save", exact: true }).click();
}

/** Posts the form's page without script, which is the quick way to have a tile; answers what the portal answered. */
export function postCredential({ client }: Pick<User, "client">, typed: Typed): Promise<Response> {
  return client.submit(addCredentialPath, formFields(typed));
}

/** Has a credential stored that way, and returns its id. */
export async function seedCredential(user: Pick<User, "client">, typed: Typed): Promise<string> {
  const answer = await postCredential(user, typed);
  const location = answer.headers.get("location");
  const id = location && new URL(location, user.client.origin).searchParams.get("credential");
  if (!id) throw new Error(`saving ${typed.name} answered ${answer.status}: ${await answer.text()}`);
  return id;
}

/** The permission to save without checking that an answer without script holds; null when it holds none. */
export function tokenIn(html: string): string | null {
  const button = /<button[^>]*\bname="uncheckedToken"[^>]*>/.exec(html)?.[0];
  return /\bvalue="([^"]+)"/.exec(button ?? "")?.[1] ?? null;
}

/** Has a credential stored without a check, for a server that cannot be asked. */
export async function seedUnproven(user: Pick<User, "client">, typed: Typed): Promise<void> {
  const token = tokenIn(await (await postCredential(user, typed)).text());
  const fields = formFields(typed);
  const answer = await user.client.submit(addCredentialPath, fields, ["uncheckedToken", token ?? ""]);
  if (answer.status !== 303) throw new Error(`saving ${typed.name} unchecked answered ${answer.status}`);
}

/** The names of a person's tiles, newest first, as the Authenticate screen's HTML has them. */
export async function tileNames({ client }: Pick<User, "client">): Promise<string[]> {
  const answer = await client.get(authenticatePath);
  if (answer.status !== 200) throw new Error(`the Authenticate screen answered ${answer.status}`);
  const names = (await answer.text()).matchAll(/id="credential-[0-9a-f-]{36}-name"[^>]*>([^<]*)</g);
  return [...names].map(([, name = ""]) => name);
}

/** What was typed, as the form posts it: empty fields are posted too. */
export function formFields(typed: Typed): Record<string, string> {
  return { description: "", password: "", ...typed };
}
