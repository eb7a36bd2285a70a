import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import {
  authenticatePath,
  chooseData,
  detailsPath,
  seedCredential,
  takenOver,
  tileOf,
  tilesOf,
} from "./page-objects";
import { rightCredential } from "./refusals";

/** Makes a team with one member. */
async function makeTeam(page: Page, name: string, member: User): Promise<void> {
  await page.goto("/teams/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create team" }).click();
  await page.getByLabel("Email").first().fill(member.email);
  await page.getByRole("button", { name: "Add member" }).click();
  await expect(page.getByText("The member is added").first()).toBeVisible();
}

/** Shares with a team from the chosen tile of the Authenticate screen. */
async function shareFromTile(page: Page, tile: string, team: string): Promise<void> {
  await page.goto(authenticatePath);
  await tileOf(page, tile).check();
  await (await takenOver(page.getByRole("link", { name: new RegExp(`^Share ?: ${tile}$`) }))).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  await dialog.getByLabel("Person or team").fill(team);
  await dialog.getByRole("button", { name: "Search" }).click();
  await dialog.getByRole("button", { name: `Share with ${team}` }).click();
  await expect(dialog.getByText(`${team} has access now, as collaborator.`)).toBeVisible();
}

test("a member finds and uses a team's tile, cannot change it, and is told when the access ends", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  const team = `Ledger team ${crypto.randomUUID().slice(0, 8)}`;
  const { user: member, page: theirs } = await another();
  const id = await seedCredential(user, { ...rightCredential(sandbox), name: "Ledger" });
  await seedCredential(user, { ...rightCredential(sandbox), name: "Not for the team" });
  await seedCredential(member, { ...rightCredential(sandbox), name: "Their own" });
  await makeTeam(page, team, member);
  await shareFromTile(page, "Ledger", team);

  await theirs.goto(authenticatePath);
  const groups = theirs.getByRole("navigation", { name: "Show credentials" });
  await expect(groups.getByRole("link")).toHaveText(["All2", "Mine1", "Shared with me1", `${team}1`]);
  await groups.getByRole("link", { name: "Mine" }).click();
  await expect(tilesOf(theirs)).toHaveCount(1);
  await groups.getByRole("link", { name: team }).click();
  await expect(tilesOf(theirs)).toHaveCount(1);
  await expect(tileOf(theirs, "Ledger")).toHaveAccessibleDescription(
    new RegExp(`Team: ${team}.*Owner: ${user.name} · your role: collaborator`),
  );
  expect(await theirs.content()).not.toContain("Not for the team");

  await tileOf(theirs, "Ledger").check();
  await theirs.getByRole("button", { name: "Next" }).click();
  await chooseData(theirs);
  await theirs.getByLabel("Name", { exact: true }).fill("Team's source");
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Team's source" })).toBeVisible();
  // A member can change neither its secret nor its address, also by typed addresses.
  for (const change of ["edit", "replace-secret"]) {
    await theirs.goto(`/credentials/${id}/${change}`);
    await expect(theirs.getByRole("main").getByRole("textbox"), change).toHaveCount(0);
  }
  expect((await theirs.goto(`/credentials/${id}/transfer`))?.status()).toBe(404);
  expect(await theirs.content()).not.toContain(rightCredential(sandbox).password);

  // The page is already at the last step when the access ends, so the next click shows the message.
  await theirs.goto(detailsPath(id));
  await theirs.getByLabel("Name", { exact: true }).fill("Too late");
  await page.goto(`/credentials/${id}/share`);
  await page.getByRole("button", { name: `Remove ${team}` }).click();
  const question = page.getByRole("alertdialog", { name: `Remove ${team}?` });
  await expect(question).toContainText("This stops 1 data source of 1 person.");
  await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
  await expectAccessible(page, "the question before access ends");
  await question.getByRole("button", { name: "Remove and stop it" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${team} has access as collaborator again, as before.`)).toBeVisible();
  await page.getByRole("button", { name: `Remove ${team}` }).click();
  await question.getByRole("button", { name: "Remove and stop it" }).click();
  await expect(page.getByText(`${team} was removed.`)).toBeVisible();
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs.getByText("There is no such credential, or it is not yours to see.")).toBeVisible();
  await theirs.goto("/sources");
  await expect(theirs.getByText("The credential is no longer shared with you")).toBeVisible();
  await expect(theirs.getByText("Too late")).toHaveCount(0);
  await theirs.getByRole("link", { name: "Team's source" }).click();
  await theirs.getByRole("link", { name: "Choose another credential" }).click();
  await theirs
    .getByLabel("Credential")
    .selectOption({ label: `Their own · ${rightCredential(sandbox).baseUrl}` });
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs.getByText("“Team's source” is saved").first()).toBeVisible();
  await expect(theirs.getByText("Their own").first()).toBeVisible();
});

test("searching for grantees reveals nothing about credentials, and collaborators cannot search", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  const { user: other, page: theirs } = await another();
  await seedCredential(user, { ...rightCredential(sandbox), name: "Secret project of the first" });
  const id = await seedCredential(other, { ...rightCredential(sandbox), name: "Theirs" });
  await theirs.goto(`/credentials/${id}/share?q=${encodeURIComponent(user.email)}`);
  await expect(theirs.getByRole("button", { name: `Share with ${user.name}` })).toBeVisible();
  await theirs.goto(`/credentials/${id}/share?q=Secret%20project`);
  await expect(theirs.getByText("Nobody and no team matches")).toBeVisible();
  expect(await theirs.content()).not.toContain("of the first");
  // Forbidden and unknown addresses give the same response, with a search or without.
  for (const address of [
    `/credentials/${id}/share?q=robin`,
    `/sources/${id}/share`,
    "/credentials/x/transfer",
  ]) {
    expect((await page.goto(address))?.status(), address).toBe(404);
  }
});
