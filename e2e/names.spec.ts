import { expect, test } from "./fixtures";
import {
  detailsPath,
  fieldLabels,
  fieldOf,
  fillIn,
  openOverlay,
  postCredential,
  save,
  seedCredential,
  tileNames,
  tileOf,
  tilesOf,
} from "./page-objects";
import { rightCredential } from "./refusals";

test("two tabs save one name: the second is refused at the field before the server is asked, and keeps its text", async ({
  page,
  context,
  sandbox,
}) => {
  const typed = rightCredential(sandbox);
  const second = await context.newPage();
  const [overlay, secondOverlay] = [await openOverlay(page), await openOverlay(second)];
  await fillIn(overlay, typed);
  const inSecond = { ...typed, name: `${typed.name.toUpperCase()} `, description: "From the second tab" };
  await fillIn(secondOverlay, inSecond);
  await save(overlay);
  await expect(tileOf(page, typed.name)).toBeChecked();

  const since = sandbox.journal().at(-1)?.n;
  await save(secondOverlay);
  const name = fieldOf(secondOverlay, fieldLabels.name);
  await expect(name).toHaveAccessibleDescription(
    "You already have a credential named “FERNWOOD”. Choose another name.",
  );
  await expect(name).toBeFocused();
  for (const field of ["name", "description", "baseUrl", "username", "password"] as const) {
    await expect(fieldOf(secondOverlay, fieldLabels[field])).toHaveValue(inSecond[field]);
  }
  expect(sandbox.journal({ since })).toEqual([]);

  await name.fill("Fernwood, second");
  await save(secondOverlay);
  await expect(tileOf(second, "Fernwood, second")).toBeChecked();
  await expect(tilesOf(second)).toHaveCount(2);
});

test("of five simultaneous saves of one name exactly one is stored, and the others are refused", async ({
  user,
  sandbox,
}) => {
  // All saves are running before the first is stored, so only the database can reject the duplicates.
  sandbox.set("/slow", { delayMs: 300 });
  const typed = { ...rightCredential(sandbox), baseUrl: sandbox.url("/slow") };
  const answers = await Promise.all(
    ["Fernwood", "fernwood", "FERNWOOD", " Fernwood", "Fernwood"].map((name) =>
      postCredential(user, { ...typed, name }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 303]);
  for (const answer of answers.filter(({ status }) => status === 200)) {
    expect(await answer.text()).toContain("You already have a credential named");
  }
  expect(await tileNames(user)).toHaveLength(1);
});

test("a second data source of one name is refused at the field, and keeps its text", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  for (const name of ["Nightly", "nightly"]) {
    await page.goto(detailsPath(id));
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Description").fill("Commits");
    await page.getByRole("button", { name: "Save" }).click();
    if (name === "Nightly") await expect(page.getByRole("heading", { name })).toBeVisible();
  }
  const name = page.getByLabel("Name", { exact: true });
  await expect(name).toHaveAccessibleDescription(
    "You already have a data source named “nightly”. Choose another name.",
  );
  await expect(name).toHaveValue("nightly");
  await expect(page.getByLabel("Description")).toHaveValue("Commits");
});
