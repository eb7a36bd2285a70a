import { expect, type Locator, type Page } from "@playwright/test";

const mostStops = 60;

/** Presses Tab until `target` has the focus, and expects a visible focus at each stop. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${mostStops} times Tab did not lead to ${target}`);
}

/** Tabs to a field and types into it. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/**
 * Expects the focused element, or its label, to be outlined and uncovered; past the last element nothing is focused.
 */
async function expectVisibleFocus(page: Page): Promise<void> {
  const problem = await page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused.localName === "html") return null;
    const name = `${focused.localName} “${focused.textContent?.trim() || focused.getAttribute("name")}”`;
    const outlined = [focused, focused.closest("label")].some((element) => {
      const style = element && getComputedStyle(element);
      return style && style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
    });
    if (!outlined) return `${name} shows no focus`;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const atCentre = document.elementFromPoint(left + width / 2, top + height / 2);
    return atCentre && (focused.contains(atCentre) || atCentre.contains(focused))
      ? null
      : `${name} is covered by ${atCentre?.localName ?? "the edge of the screen"}`;
  });
  expect(problem).toBeNull();
}
