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
  // Instants and durations are never the same twice.
  const mask = [page.locator("time, [data-moving]")];
  await expect
    .soft(page, name)
    .toHaveScreenshot([folder, `${name}.png`], { fullPage: act === undefined, mask });
}
