import { defineConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "./e2e/chromium";

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // In CI a failed test runs once more, and is listed as flaky if it passes then: a bug to find, but no reason to stop.
  retries: process.env.CI ? 1 : 0,
  // A check may take ten seconds, and the machine may be busy; what passes waits for none of this.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: findChromium() ?? "chromium", args: chromiumArguments },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "off",
  },
});
