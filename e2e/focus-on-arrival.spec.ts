import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import {
  addCredentialPath,
  authenticatePath,
  chooseData,
  detailsPath,
  fieldLabels,
  fieldOf,
  seedCredential,
  takenOver,
  tileOf,
} from "./page-objects";
import { rightCredential } from "./refusals";

test("each step of the wizard focuses its heading, forwards and backwards", async ({
  page,
  user,
  sandbox,
}) => {
  await seedCredential(user, rightCredential(sandbox));
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto("/");
  await page.getByRole("link", { name: "New data source" }).first().click();
  await expect(page).toHaveURL(/\/sources\/new$/);
  await expect(heading).toBeFocused();
  await page.getByRole("link", { name: /Bitbucket Server/ }).click();
  await expect(heading).toHaveText("Authenticate");
  await expect(heading).toBeFocused();
  await page.goto(authenticatePath);
  await tileOf(page, rightCredential(sandbox).name).check();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page).toHaveURL(/\/data/);
  await expect(heading).toBeFocused();
  await chooseData(page);
  await expect(page).toHaveURL(/\/details/);
  await expect(heading).toBeFocused();
  await page.goBack();
  await expect(heading).toHaveText("Choose the data");
  await page.goBack();
  await expect(heading).toHaveText("Authenticate");
  await expect(heading).toBeFocused();
});

test("the page after Save has the focus on its heading, and so has the run after Run now", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  await page.goto(detailsPath(id));
  await takenOver(page.getByRole("button", { name: "Save" }));
  await page.getByLabel("Name").fill("Focused");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sources\/[0-9a-f-]{36}/);
  const heading = page.getByRole("heading", { level: 1, name: "Focused" });
  await expect(heading).toBeFocused();
  await page.getByRole("button", { name: "Run now" }).press("Enter");
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("after Save the new tile has the focus, not the heading", async ({ page, user, sandbox }) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  await page.goto(`${authenticatePath}?credential=${id}&saved=1`);
  await expect(tileOf(page, rightCredential(sandbox).name)).toBeFocused();
});

test("a page with a form focuses its first field", async ({ page, user, sandbox }) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  const firstFields = [
    [addCredentialPath, fieldLabels.name],
    ["/credentials/new", fieldLabels.name],
    [`/credentials/${id}/edit`, fieldLabels.name],
    [`/credentials/${id}/replace-secret`, fieldLabels.baseUrl],
    ["/teams/new", "Name"],
  ] as const;
  for (const [path, label] of firstFields) {
    await page.goto(path);
    await expect(page.getByRole("main").getByLabel(label, { exact: true })).toBeFocused();
  }
});

test("sign-in and sign-up focus the first empty field", async ({ browser, portalOrigin }) => {
  const page = await browser.newPage();
  await page.goto(`${portalOrigin}/sign-in`);
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.getByLabel("Email").fill("nobody@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.goto(`${portalOrigin}/sign-up`);
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.close();
});

test("without script the first field with an error has the focus", async ({ browser, user, sandbox }) => {
  const page = await openWithoutScript(browser, user);
  await page.goto(addCredentialPath);
  await expect(fieldOf(page, fieldLabels.name)).toBeFocused();
  await fieldOf(page, fieldLabels.name).fill("Fernwood");
  await fieldOf(page, fieldLabels.baseUrl).fill(sandbox.url("/website"));
  await fieldOf(page, fieldLabels.username).fill("jcitizen");
  await fieldOf(page, fieldLabels.password).fill("whatever it is");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(fieldOf(page, fieldLabels.baseUrl)).toBeFocused();
  await page.context().close();
});
