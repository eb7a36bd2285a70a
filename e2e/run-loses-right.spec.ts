import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import {
  fieldLabels,
  fieldOf,
  save,
  seedCredential,
  seedEndpoint,
  seedPullRequests,
  stateOn,
  takenOver,
} from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const { zoeAdmin, zoeOlder } = sandboxKeys;

/** Runs the source and waits until the server, which answers slowly, has been asked for a repository's list. */
async function startRun(page: Page, source: string, sandbox: Sandbox): Promise<void> {
  const { counters } = sandbox.instance("/");
  sandbox.set("/", { delayMs: 1000 });
  counters.clear();
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^Running/);
  await expect.poll(() => counters.report().calls).toBeGreaterThan(2);
}

test("a share that its owner takes away in the middle of another user's run stops it, and the run says why", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  const credentialId = await seedCredential(user, rightCredential(sandbox));
  const friend = await another();
  await page.goto(`/credentials/${credentialId}`);
  await (await takenOver(page.getByRole("link", { name: "Share", exact: true }))).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  await dialog.getByLabel("Person or team").fill(friend.user.name);
  await dialog.getByRole("button", { name: "Search" }).click();
  await dialog.getByRole("button", { name: `Share with ${friend.user.name}` }).click();
  await expect(dialog.getByText(`${friend.user.name} has access now`)).toBeVisible();
  const source = await seedPullRequests(friend.user, credentialId);
  await startRun(friend.page, source, sandbox);

  // The source is newer than the dialog, which therefore did not ask.
  await dialog.getByRole("button", { name: `Remove ${friend.user.name}` }).click();
  await expect(dialog.getByText("Press Remove again to see what.")).toBeVisible();
  await dialog.getByRole("button", { name: `Remove ${friend.user.name}` }).click();
  await dialog.getByRole("button", { name: "Remove and stop it" }).click();
  await expect(dialog.getByText(`${friend.user.name} was removed.`)).toBeVisible();
  const { counters } = sandbox.instance("/");
  const { calls } = counters.report();
  await expect(stateOn(friend.page)).toHaveText(/^Failed.*may not use its credential any more/);
  await expect(friend.page.getByRole("main")).toContainText("Have the credential shared again");
  // Each of two lanes may have had a page under way, and the next one.
  expect(counters.report().calls - calls).toBeLessThanOrEqual(4);
  await friend.page.goto(`/sources/${source}`);
  await expect(stateOn(friend.page)).toHaveText(/^Failed/);
});

test("a key that is revoked in the middle of a run stops it; both pages say so, and it goes on with another key", async ({
  page,
  user,
  sandbox,
}) => {
  const typed = { name: "Fernwood", baseUrl: sandbox.url("/"), username: zoeAdmin.value };
  const credentialId = await seedCredential(user, typed);
  const source = await seedPullRequests(user, credentialId);
  const neverRun = await seedEndpoint(user, credentialId);
  await startRun(page, source, sandbox);
  const since = sandbox.journal().at(-1)?.n;
  sandbox.instance("/").disturbances.revokeKey(zoeAdmin.name);
  await expect(stateOn(page)).toHaveText(/^Failed/);
  await expect(page.getByRole("main")).toContainText("Then press Run now.");
  const refused = sandbox.journal({ since }).filter(({ status }) => status === 401);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThanOrEqual(2);
  await page.goto(`/credentials/${credentialId}`);
  await expect(page.getByRole("main")).toContainText("rejected");
  // Another that has never run waits as well.
  for (const path of [source, neverRun]) {
    await page.goto(`/sources/${path}`);
    const run = page.getByRole("button", { name: "Run now" });
    await expect(run).toBeDisabled();
    await expect(run).toHaveAccessibleDescription("Stopped: replace the credential’s secret.");
    await expect(page.getByRole("button", { name: "Read everything again" })).toHaveCount(0);
    const main = page.getByRole("main");
    await expect(main).toContainText("The server refused the credential");
    await expect(main.locator("dt", { hasText: "Schedule" }).locator("xpath=..")).toContainText(
      "Waits for its credential",
    );
    await expectAccessible(page, "a source whose credential is refused");
  }
  await page.goto(`/credentials/${credentialId}`);

  sandbox.set("/", { delayMs: 0 });
  await page.getByRole("link", { name: "Replace secret" }).click();
  await fieldOf(page, fieldLabels.username).fill(zoeOlder.value);
  await save(page);
  await expect(page.getByRole("main")).toContainText("saved and verified");
  const { counters } = sandbox.instance("/");
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  expect(counters.report().mostReads).toBeLessThanOrEqual(2);
});
