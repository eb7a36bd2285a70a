import type { Browser, Page } from "@playwright/test";
import type { User } from "./fixtures";

/** A page of this user's in a browser without JavaScript; close its context when done. */
export async function openWithoutScript(browser: Browser, { client }: Pick<User, "client">): Promise<Page> {
  const context = await browser.newContext({ baseURL: client.origin, javaScriptEnabled: false });
  await context.addCookies(client.cookies());
  return context.newPage();
}
