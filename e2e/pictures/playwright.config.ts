import { defineConfig } from "@playwright/test";
import usual from "../../playwright.config";

/** Pictures of every page, compared with those of an earlier run. Fonts differ between machines, so none is committed. */
export default defineConfig({
  ...usual,
  testDir: ".",
  testMatch: "*.pictures.ts",
  globalSetup: "../global-setup.ts",
  outputDir: "../../test-results/pictures",
  snapshotPathTemplate: "{testDir}/../../.pictures/{arg}{ext}",
  fullyParallel: false,
  workers: 1,
  // A page for each width and theme.
  timeout: 20 * 60_000,
  expect: { ...usual.expect, toHaveScreenshot: { animations: "disabled", maxDiffPixels: 20 } },
});
