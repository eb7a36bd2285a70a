import { chromium } from "@playwright/test";
import { chromiumArguments, findOrInstallChromium } from "../e2e/chromium";
import type { Target } from "./load";
import { cookiesOf } from "./page-weight";

/** A page, and a CSS selector of the content that a user waits for. */
type Seen = Target & { content: string };

/**
 * How long each page takes in Chromium with an empty cache, in milliseconds from the address to its first content,
 * `times` times each. Pages take turns, so that other load on the machine affects each alike.
 */
export async function timeFirstSight(pages: readonly Seen[], times: number): Promise<number[][]> {
  const browser = await chromium.launch({
    executablePath: findOrInstallChromium(),
    args: chromiumArguments,
  });
  try {
    const taken: number[][] = pages.map(() => []);
    for (let time = 0; time < times; time += 1) {
      for (const [index, { url, cookie, content }] of pages.entries()) {
        const context = await browser.newContext();
        const { origin } = new URL(url);
        await context.addCookies(cookiesOf(cookie).map((one) => ({ ...one, url: origin })));
        const page = await context.newPage();
        const begun = performance.now();
        await page.goto(url, { waitUntil: "commit" });
        await page.locator(content).first().waitFor({ state: "visible" });
        taken[index]?.push(performance.now() - begun);
        await context.close();
      }
    }
    return taken;
  } finally {
    await browser.close();
  }
}
