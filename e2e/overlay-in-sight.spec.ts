import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { fillIn, overlayOf } from "./page-objects";
import { rightCredential } from "./refusals";

const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
];

for (const size of sizes) {
  const at = `at ${size.width} × ${size.height}`;

  test(`Save, Cancel and the cure are in sight whatever the outcome, ${at}`, async ({ page, sandbox }) => {
    await page.setViewportSize(size);
    await page.goto("/sources/new/bitbucket-server");
    await page.getByRole("link", { name: "Add Credential" }).click();
    const overlay = overlayOf(page);
    const save = overlay.getByRole("button", { name: "Save", exact: true });
    const expectInSight = async (cure: string | RegExp) => {
      await expect(overlay.getByText(cure).first()).toBeInViewport({ ratio: 0.9 });
      await expect(save).toBeInViewport({ ratio: 1 });
      await expect(overlay.getByRole("link", { name: "Cancel" })).toBeInViewport({ ratio: 1 });
    };
    await expect(save).toBeInViewport({ ratio: 1 });

    // At a field.
    await fillIn(page, { ...rightCredential(sandbox), password: "not the password" });
    await save.click();
    await expectInSight("User name or password is not right.");

    // At no field: nobody answers.
    await fillIn(page, { ...rightCredential(sandbox), baseUrl: "https://nobody.invalid" });
    await save.click();
    await expect(overlay.getByRole("button", { name: "Save without checking" })).toBeInViewport({ ratio: 1 });
    await expectInSight(/name server|does not know/i);
  });
}

test("Check only says what it found, stores nothing, and Save goes on from there", async ({
  page,
  sandbox,
}) => {
  await page.goto("/sources/new/bitbucket-server");
  await page.getByRole("link", { name: "Add Credential" }).click();
  const overlay = overlayOf(page);
  await fillIn(page, rightCredential(sandbox));
  await overlay.getByRole("button", { name: "Check only" }).click();
  await expect(overlay.getByText("It works. Nothing is saved yet.")).toBeInViewport();
  await expect(overlay.getByText("Signed in as Jane Citizen (jcitizen)")).toBeVisible();
  await expect(overlay.getByLabel("Password")).not.toHaveValue("");
  await expectAccessible(page, "the overlay after a check alone");
  await overlay.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("radio", { name: "Fernwood" })).toBeChecked();
});

test("Cancel closes the overlay, and asks before what was typed is lost", async ({ page, sandbox }) => {
  await page.goto("/sources/new/bitbucket-server");
  await page.getByRole("link", { name: "Add Credential" }).click();
  await overlayOf(page).getByRole("link", { name: "Cancel" }).click();
  await expect(overlayOf(page)).toBeHidden();
  await page.getByRole("link", { name: "Add Credential" }).click();
  await fillIn(page, rightCredential(sandbox));
  const questions: string[] = [];
  page.on("dialog", async (dialog) => {
    questions.push(dialog.message());
    await dialog.dismiss();
  });
  await overlayOf(page).getByRole("link", { name: "Cancel" }).click();
  await expect.poll(() => questions).toEqual([expect.stringContaining("What you typed will be lost")]);
  await expect(overlayOf(page)).toBeVisible();
});
