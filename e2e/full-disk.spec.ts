import { expect, test } from "@playwright/test";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import { expectRecovery, onDatabase, openPage, startTroubled, statusOf } from "./faults";
import { openWithoutScript } from "./no-script";
import type { PortalSettings } from "./portal";
import { generateKeys } from "./portal-variables";
import { makeSmallDisk } from "./small-disk";

test.describe.configure({ timeout: 240_000 });

type Disk = {
  settings: PortalSettings;
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  remove(): Promise<void>;
};

/**
 * A disk that can be filled: the embedded database gets a small one; a database server replies as if its disk were
 * full.
 */
async function makeDisk(): Promise<Disk> {
  const disk = makeSmallDisk();
  const serverUrl = process.env.TEST_SERVER_URL;
  if (!serverUrl) {
    return {
      settings: { dataDir: disk.folder, env: { DATABASE_URL: "", ...disk.env } },
      fill: async () => disk.fill(),
      makeRoom: async () => disk.makeRoom(),
      remove: async () => disk.remove(),
    };
  }
  const database = await makeTestDatabase(serverUrl);
  return {
    settings: { dataDir: disk.folder, env: { ...generateKeys(), DATABASE_URL: database.url } },
    fill: () =>
      onDatabase(
        database.url,
        `create function full_disk() returns trigger language plpgsql as
          $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
        "create trigger full_disk before insert on teams execute function full_disk()",
      ),
    makeRoom: () => onDatabase(database.url, "drop function full_disk cascade"),
    remove: async () => {
      await database.drop();
      disk.remove();
    },
  };
}

test("50 a full disk: pages are shown, a failed Save says so and keeps the typed text, and the portal recovers once there is room", async ({
  browser,
}) => {
  const disk = await makeDisk();
  const troubled = await startTroubled(disk.settings);
  const { portal, user } = troubled;
  const form = await openPage(browser, user);
  const plain = await openWithoutScript(browser, user);
  try {
    for (const page of [form, plain]) {
      await page.goto("/teams/new");
      await page.getByLabel("Name").fill("Pipelines");
    }
    await disk.fill();
    for (const page of [form, plain]) {
      await page.getByRole("button", { name: "Create team" }).click();
      await expect(page.getByText("The disk of the portal's database is full")).toBeVisible();
    }
    await expect(form.getByLabel("Name")).toHaveValue("Pipelines");
    expect(await statusOf(portal, user, "/credentials")).toBe(200);
    expect(await statusOf(portal, user, "/teams")).toBe(200);

    await disk.makeRoom();
    await expectRecovery(troubled);
    await form.getByRole("button", { name: "Create team" }).click();
    await expect(form.getByRole("heading", { name: "Pipelines", level: 1 })).toBeVisible();
    await form.goto("/teams");
    await expect(form.getByRole("link", { name: "Pipelines" })).toHaveCount(1);
  } finally {
    await portal.stop();
    await disk.remove();
  }
});
