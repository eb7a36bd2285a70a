import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { expectAccessible } from "./axe";
import { expect, signUpSomebody, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { authenticatePath, idOf, seedCredential, seedEndpoint, seedUnproven, stateOn } from "./page-objects";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";
import { withDatabase } from "./seeded-accounts";
import { mustDo } from "./server-actions";

test.beforeEach(() => test.slow());

const rows = (page: Page) => page.getByRole("table", { name: "Credentials" }).getByRole("rowheader");

const aKey = (sandbox: Sandbox, name: string) => ({
  ...{ name, baseUrl: sandbox.url("/"), username: sandboxKeys.janeRead.value },
});

const unproven = (name: string) => ({
  ...{ name, baseUrl: "https://listed.invalid", username: "jcitizen", password: "correct horse" },
});

const lend = (lender: User, id: string, granteeId: string) =>
  mustDo(lender, "shareAction", {
    ...{ kind: "credential", id, grantee: `person:${granteeId}`, role: "collaborator" },
  });

test("a credential's page names the visible credentials with the same key, and the last run that used it", async ({
  page,
  user,
  another,
  administrator,
  sandbox,
}) => {
  const other = await another();
  const theirs = await seedCredential(other.user, aKey(sandbox, "Theirs"));
  const id = await seedCredential(user, aKey(sandbox, "Mine"));
  await page.goto(`/credentials/${id}`);
  await expect(page.getByText("Not used yet.")).toBeVisible();
  const warnings = page.getByRole("list", { name: "Warnings" });
  // Another user's credential is no more than a guess until it is shared.
  await expect(warnings).not.toContainText("the same");
  await lend(other.user, theirs, await idOf(administrator, user));
  await page.reload();
  await expect(warnings).toContainText("Holds the same API key as Theirs.");
  await page.goto(`${authenticatePath}?credential=${id}&saved=1`);
  await expect(page.getByText("Holds the same API key as Theirs.")).toBeVisible();
  await expectAccessible(page, "the notice after Save, with an equal credential");
  const source = await seedEndpoint(user, id);
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  await page.goto(`/credentials/${id}`);
  const used = page.getByText(/^Last used/);
  await expect(used).toHaveText(
    new RegExp(`Last used .* by Nightly import, a data source of ${user.name}\\.$`),
  );
  await expectAccessible(page, "a credential with an equal one and a last use");
  await used.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/sources/${source}$`));
  await page.goto(`/credentials/${id}`);
  await page.getByRole("link", { name: "Theirs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Theirs" })).toBeVisible();
});

test("the list shows the credentials of one owner, with script and without", async ({
  browser,
  page,
  user,
  another,
  administrator,
}) => {
  const lender = await another();
  const [userId, lenderId] = [await idOf(administrator, user), await idOf(administrator, lender.user)];
  await seedUnproven(user, unproven("Mine"));
  await seedUnproven(lender.user, unproven("Lent"));
  await lender.page.goto("/credentials");
  const link = await rows(lender.page).getByRole("link", { name: "Lent", exact: true }).getAttribute("href");
  await lend(lender.user, link?.split("/").at(-1) ?? "", userId);

  await page.goto("/credentials");
  const owner = page.getByLabel("Owner", { exact: true });
  await expect(owner.getByRole("option")).toHaveText(["All", "Me", lender.user.name]);
  await owner.selectOption(lender.user.name);
  await expect(page).toHaveURL(new RegExp(`\\?owner=${lenderId}$`));
  await expect(rows(page)).toHaveText([/^Lent/]);
  await expectAccessible(page, "the credentials of one owner");

  const plain = await openWithoutScript(browser, user);
  await plain.goto("/credentials");
  await plain.getByLabel("Owner", { exact: true }).selectOption("Me");
  await plain.getByRole("button", { name: "Show" }).click();
  await expect(rows(plain)).toHaveText([/^Mine/]);
  await expect(plain.getByText("1 credential", { exact: true })).toBeVisible();
  await plain.getByLabel("Used").selectOption("Not for 90 days");
  await plain.getByRole("button", { name: "Show" }).click();
  await expect(plain).toHaveURL(new RegExp(`owner=${userId}&.*use=idle`));
  await expect(plain.getByText("No credential matches")).toBeVisible();

  // Who has nothing to show, and who does not exist, look the same.
  for (const unseen of [await idOf(administrator, administrator), crypto.randomUUID()]) {
    await plain.goto(`/credentials?owner=${unseen}`);
    await expect(plain.getByText("No credential matches")).toBeVisible();
    await expect(plain.getByLabel("Owner", { exact: true })).toHaveValue(unseen);
    await expect(plain.getByRole("option", { name: unseen })).toHaveCount(1);
  }
  await plain.context().close();
});

test("the list shows what no run has used for 90 days", async ({ browser }) => {
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  const user = await signUpSomebody(portal.origin);
  for (const name of ["Old", "Old and used", "New"]) await seedUnproven(user, unproven(name));
  await portal.stop();
  await withDatabase(home, async (db) => {
    await db.execute(
      sql`update credentials set created_at = now() - interval '100 days' where name like 'Old%'`,
    );
    await db.execute(
      sql`update credentials set last_used_at = now() - interval '80 days' where name like '%used'`,
    );
  });
  const again = await startPortal({ ...home.settings, port: Number(new URL(portal.origin).port) });
  const page = await openWithoutScript(browser, user);
  await page.goto("/credentials");
  await expect(rows(page)).toHaveCount(3);
  await page.getByLabel("Used").selectOption("Not for 90 days");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(rows(page)).toHaveText([/^Old\b/]);
  await expect(page.getByText("1 credential", { exact: true })).toBeVisible();
  await page.context().close();
  await again.stop();
  await home.remove();
});
