import { expect, test } from "./fixtures";
import { authenticatePath, detailsPath, idOf, seedCredential, sentSource, tileOf } from "./page-objects";
import { rightCredential } from "./refusals";
import { mustDo } from "./server-actions";

test("sources and destinations stop while their credential's owner is disabled, say why, and run again afterwards", async ({
  page,
  user,
  anotherUser,
  administrator,
  sandbox,
}) => {
  test.slow();
  const lender = await anotherUser();
  const lenderId = await idOf(administrator, lender);
  const credential = await seedCredential(lender, { ...rightCredential(sandbox), name: "Lent" });
  await mustDo(lender, "shareAction", {
    kind: "credential",
    id: credential,
    grantee: `person:${await idOf(administrator, user)}`,
    role: "collaborator",
  });
  await seedCredential(user, { ...rightCredential(sandbox), name: "Own" });
  const kind = sentSource;
  const named = { name: "Nightly", description: "" };
  const source = await mustDo(user, "addEndpointAction", { ...kind, ...named, credentialId: credential });

  await page.goto(detailsPath(credential));
  await page.getByLabel("Name", { exact: true }).fill("Too late");
  await mustDo(administrator, "disableUserAction", { userId: lenderId });
  // The page is already at the last step, so the next click shows the message.
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The account of this credential's owner is disabled")).toBeVisible();

  await page.goto("/sources");
  const row = page.getByRole("listitem").filter({ hasText: "Nightly" });
  await expect(row).toContainText("stopped");
  await expect(row).toContainText("credential suspended");
  await row.getByRole("link", { name: "Nightly" }).click();
  await expect(page.getByText("The credential is suspended")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Check/ })).toHaveCount(0);

  await page.goto(`/credentials/${credential}`);
  await expect(page.getByText("This credential is suspended")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Check/ })).toHaveCount(0);
  await page.goto(authenticatePath);
  await expect(tileOf(page, "Lent")).toBeDisabled();
  await expect(tileOf(page, "Lent")).toHaveAccessibleDescription(/Its owner's account is disabled/);
  await page.goto(detailsPath(credential));
  await expect(page.getByText("This credential is suspended")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);

  await page.goto(`/sources/${source}`);
  await page.getByRole("link", { name: "Choose another credential" }).click();
  await expect(page.getByLabel("Credential").getByRole("option")).toHaveCount(2);
  await mustDo(administrator, "enableUserAction", { userId: lenderId });
  await page.goto(`/sources/${source}`);
  await expect(page.getByText("active", { exact: true })).toBeVisible();
  await expect(page.getByText("suspended")).toHaveCount(0);
});

test("a source with a disabled owner is shown as stopped to its grantees, without script too", async ({
  user,
  anotherUser,
  administrator,
  sandbox,
}) => {
  const owner = await anotherUser();
  const credential = await seedCredential(owner, rightCredential(sandbox));
  const kind = sentSource;
  const source = await mustDo(owner, "addEndpointAction", {
    ...kind,
    name: "Nightly",
    description: "",
    credentialId: credential,
  });
  const grantee = `person:${await idOf(administrator, user)}`;
  await mustDo(owner, "shareAction", { kind: "endpoint", id: source, grantee, role: "administrator" });
  const shown = async () => (await user.client.get(`/sources/${source}`)).text();
  expect(await shown()).not.toContain("stopped<");
  await mustDo(administrator, "disableUserAction", { userId: await idOf(administrator, owner) });
  const page = await shown();
  expect(page).toContain("stopped<");
  expect(page).toContain(`The account of ${owner.name} is disabled`);
});
