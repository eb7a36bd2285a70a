import { type Browser, expect, type Page, test } from "@playwright/test";
import { settled } from "../page-objects";
import { type PicturedPortal, startPicturedPortal, type Viewer } from "./filled-portal";
import { type PicturedPage, picturedPages } from "./pictured-pages";

const widths = [360, 768, 1280];
const heightOf: Readonly<Record<number, number>> = { 360: 640, 768: 1024, 1280: 800 };

let portal: PicturedPortal;

test.beforeAll(async () => {
  portal = await startPicturedPortal();
});

test.afterAll(async () => {
  await portal?.stop();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of widths) {
    test(`every page looks as before, ${width} px, ${colorScheme}`, async ({ browser }) => {
      const viewport = { width, height: heightOf[width] ?? width };
      const only = process.env.PICTURES ?? "";
      for (const viewer of ["visitor", "newcomer", "dana"] as const) {
        const page = await pageOf(browser, viewer, { viewport, colorScheme });
        const pages = picturedPages(portal).filter((one) => one.viewer === viewer && one.name.includes(only));
        for (const one of pages) await compare(page, one, `${width}-${colorScheme}`);
        await page.context().close();
      }
    });
  }
}

async function pageOf(
  browser: Browser,
  viewer: Viewer,
  look: { viewport: { width: number; height: number }; colorScheme: "light" | "dark" },
): Promise<Page> {
  const context = await browser.newContext({ baseURL: portal.origin, ...look });
  await context.addCookies(portal.clients[viewer].cookies());
  return context.newPage();
}

/** Goes on after a difference, so that one run shows all of them. */
async function compare(page: Page, { name, address, act }: PicturedPage, folder: string): Promise<void> {
  await page.goto(address);
  await settled(page);
  await act?.(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(standStill);
  await expect.soft(page, name).toHaveScreenshot([folder, `${name}.png`], { fullPage: act === undefined });
}

/** In the browser: writes the same for what is never the same twice, which is instants, durations and hashes. */
function standStill(): void {
  for (const time of document.querySelectorAll("time")) time.textContent = "a while ago";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const still = text.nodeValue
      ?.replaceAll(/\b[\d.]+ (?:ms|s|seconds?)\b/g, "1 s")
      .replaceAll(/\b[0-9a-f]{12,}\b/g, "0123456789ab");
    if (still !== text.nodeValue) text.nodeValue = still ?? null;
  }
}
