import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules that look at colours; a theme changes nothing else. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** Axe finds nothing on the page as it stands, in both themes, on a wide and on a 320 px screen, and the narrow one does not scroll sideways. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // What comes or goes by itself, is there or not, and never half-transparent.
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page, `${what} at ${width} px`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      const found = await violationsOf(page, colorScheme === "light" ? tags : colourRules);
      expect(found, `${what}, ${colorScheme}, ${width} px`).toEqual([]);
    }
  }
}

async function violationsOf(page: Page, runOnly: string[]): Promise<string[]> {
  // Once for each document: reading axe in takes longer than a run of it.
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

// Colours change over from theme to theme; half-way through they may have too little contrast. The change is ended rather
// than waited for: where a browser draws no frame, an animation never comes to its end.
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
    }
  });
}
