import type { Browser, Page } from "@playwright/test";
import type { Person } from "./fixtures";

/** A page of this person's in a browser where JavaScript is switched off; close its context when done. */
export async function openWithoutScript(
  browser: Browser,
  { visitor }: Pick<Person, "visitor">,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: visitor.origin, javaScriptEnabled: false });
  await context.addCookies(visitor.cookies());
  return context.newPage();
}
