import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { authenticatePath, seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

const radio = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });

async function seed(user: User, sandbox: Sandbox): Promise<string> {
  return seedCredential(user, rightCredential(sandbox));
}

test("a search over what to read hides the other tiles, but never the chosen one", async ({
  page,
  user,
  sandbox,
}) => {
  await page.goto(`${authenticatePath}/data?credential=${await seed(user, sandbox)}`);
  const search = page.getByRole("searchbox", { name: "Search what to read" });
  const all = await page.getByRole("radiogroup", { name: "What to read" }).getByRole("radio").count();
  await radio(page, "Projects").check();
  await expect(page).toHaveURL(/stream=projects/);
  await search.fill("requests  PULL");
  await expect(radio(page, "Pull requests")).toBeVisible();
  await expect(radio(page, "Projects"), "the chosen one").toBeVisible();
  await expect(radio(page, "Branches")).toBeHidden();
  await search.fill("no such thing");
  await expect(page.getByRole("status").getByText("Nothing matches “no such thing”.")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Pull requests", exact: true })).toBeHidden();
  await expect(page.getByRole("radiogroup", { name: "What to read" }).getByRole("heading")).toHaveCount(1);
  await expectAccessible(page, "a search without a match");
  await search.press("Enter");
  await search.press("Escape");
  await expect(search).toHaveValue("");
  await expect(page.getByRole("radiogroup", { name: "What to read" }).getByRole("radio")).toHaveCount(all);

  await search.fill("branch restrictions");
  await search.press("Enter");
  await expect(radio(page, "Branch restrictions"), "the first match").toBeFocused();
  await expect(page).toHaveURL(/stream=projects/);
  expect(page.url(), "the form was not sent").not.toMatch(/do=/);
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/stream=branch-restrictions/);
  await expect(search, "kept over the choice").toHaveValue("branch restrictions");
});

test("what to write is searched alike", async ({ page, user, sandbox }) => {
  await page.goto(`/destinations/new/bitbucket-server/data?credential=${await seed(user, sandbox)}`);
  await page.getByRole("searchbox", { name: "Search what to write" }).fill("build");
  await expect(radio(page, "Build status")).toBeVisible();
  await expect(radio(page, "Pull request comment")).toBeHidden();
});

test("an error about the choice clears the search, so that a choice takes the focus", async ({
  page,
  user,
  sandbox,
}) => {
  await page.goto(`${authenticatePath}/data?credential=${await seed(user, sandbox)}`);
  const search = page.getByRole("searchbox", { name: "Search what to read" });
  // A second press brings the same error.
  for (const typed of ["no such thing", "pull requests"]) {
    await search.fill(typed);
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(search, typed).toHaveValue("");
    await expect(page.getByRole("radiogroup", { name: "What to read" })).toHaveAttribute(
      "aria-invalid",
      "true",
    );
    await expect(page.getByRole("radio").first(), typed).toBeFocused();
  }
});
