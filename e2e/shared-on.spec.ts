import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { addCredentialPath, fieldLabels, fieldOf, seedCredential, sentSource } from "./page-objects";
import { rightCredential } from "./refusals";
import { callAction } from "./server-actions";

async function mustDo(user: User, action: string, fields: Record<string, string>): Promise<string> {
  const answer = await callAction(user.client, action, fields);
  if (answer.code !== "ok") throw new Error(`${action} answered ${answer.code}: ${answer.detail}`);
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(answer.location)?.[0] ?? "";
}

async function idOf(administrator: User, { email }: User): Promise<string> {
  const page = await (await administrator.client.get(`/admin/users?q=${encodeURIComponent(email)}`)).text();
  return /\/admin\/users\/([0-9a-f-]{36})/.exec(page)?.[1] ?? "";
}

/** The id of the only grant that can be removed on the Share page. */
async function grantOn({ client }: User, credential: string): Promise<string> {
  const page = await (await client.get(`/credentials/${credential}/share`)).text();
  return /name="grantId" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

test("a search on the Share page answers while the user types, stays there and opens no overlay", async ({
  page,
  user,
  anotherUser,
  sandbox,
}) => {
  const other = await anotherUser();
  const credential = await seedCredential(user, rightCredential(sandbox));
  await page.goto(`/credentials/${credential}/share`);
  for (const name of [other.name, "nobody of that name"]) {
    await page.getByLabel("Person or team").fill(name);
    await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(name).replaceAll("%20", "\\+")}`));
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByLabel("Person or team")).toBeFocused();
    const role = page.getByLabel(`Role for ${other.name}`);
    await expect(role).toHaveCount(name === other.name ? 1 : 0);
  }
  await expect(page.getByText("Nobody and no team matches “nobody of that name”")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Person or team")).toHaveValue("nobody of that name");

  // Whoever it was may have come meanwhile: a press searches again, though the text is the same.
  const late = `Late ${Date.now()}`;
  await page.getByLabel("Person or team").fill(late);
  await expect(page.getByText(`Nobody and no team matches “${late}”`)).toBeVisible();
  await mustDo(other, "renameSelfAction", { name: late });
  await page.getByLabel("Person or team").press("Enter");
  await expect(page.getByLabel(`Role for ${late}`)).toBeVisible();
});

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`when a credential's administrator loses the right, the grants they gave are listed and can be kept or removed, ${how} script`, async ({
    browser,
    page: scripted,
    user: owner,
    anotherUser,
    administrator,
    sandbox,
  }) => {
    test.slow();
    const [giver, kept, removed] = [await anotherUser(), await anotherUser(), await anotherUser()];
    const id = await seedCredential(owner, rightCredential(sandbox));
    const share = async (by: User, to: User, role: string) =>
      mustDo(by, "shareAction", {
        kind: "credential",
        id,
        grantee: `person:${await idOf(administrator, to)}`,
        role,
      });
    await share(owner, giver, "administrator");
    const grantId = await grantOn(owner, id);
    await share(giver, kept, "collaborator");
    await share(giver, removed, "collaborator");
    await mustDo(owner, "revokeAction", { kind: "credential", id, grantId });

    const page = withScript ? scripted : await openWithoutScript(browser, owner);
    await page.goto(`/credentials/${id}`);
    await expect(page.getByText("2 access rights were given by people who may not share")).toBeVisible();
    await page.goto(`/credentials/${id}/share`);
    await expect(page.getByText(`${giver.name} may not share this any more`)).toHaveCount(2);
    await page.getByRole("button", { name: `Keep the access of ${kept.name}` }).click();
    await expect(
      page.getByText(`${kept.name} stays collaborator. You are the one who shares it now.`),
    ).toBeVisible();
    await page
      .getByRole("button", { name: `Remove ${removed.name}`, exact: true })
      .first()
      .click();
    await expect(page.getByText("1 access right ended.")).toBeVisible();
    expect((await kept.client.get(`/credentials/${id}`)).status).toBe(200);
    expect((await removed.client.get(`/credentials/${id}`)).status).toBe(404);
    if (!withScript) await page.context().close();
  });
}

test("a credential can be deleted while a stopped source without access still names it, and that source says so", async ({
  page,
  user: owner,
  another,
  administrator,
  sandbox,
}) => {
  const user = await another();
  const id = await seedCredential(owner, rightCredential(sandbox));
  const grantee = `person:${await idOf(administrator, user.user)}`;
  await mustDo(owner, "shareAction", { kind: "credential", id, grantee, role: "collaborator" });
  const source = await mustDo(user.user, "addEndpointAction", {
    ...sentSource,
    credentialId: id,
    name: "Nightly",
    description: "",
  });
  await page.goto(`/credentials/${id}/delete`);
  await expect(page.getByText(`1 of ${user.user.name}`)).toBeVisible();
  await expect(page.getByText("Nightly")).toHaveCount(0);
  await mustDo(owner, "revokeAction", { kind: "credential", id, grantId: await grantOn(owner, id) });
  await page.reload();
  await expect(page.getByText("One source or destination still names it")).toBeVisible();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page).toHaveURL(/\/credentials(\?|$)/);
  await user.page.goto("/sources");
  await expect(user.page.getByText("The credential was deleted")).toBeVisible();
  await user.page.goto(`/sources/${source}`);
  await expect(
    user.page.getByText("It was no longer shared with you when its owner deleted it."),
  ).toBeVisible();
  await user.page.getByRole("link", { name: "Choose another credential" }).click();
  await expect(user.page.getByLabel("Credential").getByRole("option").first()).toHaveText(
    "None: it was deleted",
  );
});

test("the limit of a name is shown while it is typed", async ({ page }) => {
  await page.goto(addCredentialPath);
  const name = fieldOf(page, fieldLabels.name);
  await name.pressSequentially("a".repeat(82));
  await expect(page.getByText("82 of 100 characters.")).toBeVisible();
  await name.fill("a".repeat(104));
  await expect(page.getByText("4 too many: at most 100 characters.")).toBeVisible();
  await name.fill("short");
  await expect(page.getByText(/of 100 characters|too many/)).toHaveCount(0);
});
