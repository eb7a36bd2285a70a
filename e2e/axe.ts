import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The colour rules; nothing else depends on the theme. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * Axe finds nothing on the page, in both themes, on a wide and a 320 px screen; the narrow one does not scroll
 * sideways.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Without animations, so that no element is half-transparent.
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page, `${what} at ${width} px`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      // A page's title may arrive after its first part, also when a link led to it.
      await expect(page, what).toHaveTitle(/\S/);
      const found = await violationsOf(page, colorScheme === "light" ? tags : colourRules);
      expect(found, `${what}, ${colorScheme}, ${width} px`).toEqual([]);
    }
  }
}

async function violationsOf(page: Page, runOnly: string[]): Promise<string[]> {
  // Once per document: loading axe takes longer than running it.
  if (!(await page.evaluate(() => Reflect.has(window, "axe")))) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { run }: typeof axe = Reflect.get(window, "axe");
    const { violations } = await run({ runOnly: rules, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
  }, runOnly);
}

async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("dialog[open]")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ localName }) => localName),
  );
  expect(wide, `${what} scrolls sideways`).toEqual([]);
}

// Colours animate between themes, and half-way their contrast may be too low. The animation is ended, not awaited: a
// browser that draws no frames never ends it.
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
    }
  });
}
