import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { commentChoice, idOf, seedCredential, sentSource } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { mustDo } from "./server-actions";

/** A destination of this user's, with a credential of their own, that runs after each run of the source. */
async function addFollowing(
  user: User,
  source: string,
  sandbox: Sandbox,
  name = "Comments",
): Promise<string> {
  return mustDo(user, "addEndpointAction", {
    ...{ direction: "destination", connector: "bitbucket-server", choice: commentChoice(source) },
    ...{ name, description: "", schedule: "after-source" },
    credentialId: await seedCredential(user, { ...rightCredential(sandbox), name: `For ${name}` }),
  });
}

test("ending the share of a source asks what loses its records, with and without script; undo brings it back", async ({
  browser,
  page,
  user,
  anotherUser,
  administrator,
  sandbox,
}) => {
  test.slow();
  const [reader, writer] = [await anotherUser(), await anotherUser()];
  const source = await mustDo(user, "addEndpointAction", {
    ...{ ...sentSource, name: "Commits", description: "" },
    credentialId: await seedCredential(user, rightCredential(sandbox)),
  });
  for (const one of [reader, writer]) {
    const grantee = `person:${await idOf(administrator, one)}`;
    await mustDo(user, "shareAction", { kind: "endpoint", id: source, grantee, role: "collaborator" });
  }
  await addFollowing(writer, source, sandbox);
  await page.goto(`/sources/${source}/share`);
  // Who writes none of its records loses nothing that runs.
  await page.getByRole("button", { name: `Remove ${reader.name}` }).click();
  await expect(page.getByText(`${reader.name} was removed.`)).toBeVisible();
  const press = page.getByRole("button", { name: `Remove ${writer.name}` });
  await press.click();
  const question = page.getByRole("alertdialog", { name: `Remove ${writer.name}?` });
  await expect(question).toContainText("This stops 1 data destination of 1 person.");
  await expect(question).toContainText("They write its records, and their owners would not see it any more.");
  // It is the writer's own, and not shared with the reader.
  await expect(question).not.toContainText("Comments");
  await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
  await expectAccessible(page, "the question before the share of a source ends");
  await addFollowing(writer, source, sandbox, "More comments");
  await question.getByRole("button", { name: "Remove and stop it" }).click();
  await expect(page.getByText("More would stop now than the page said.")).toBeVisible();
  await press.click();
  await question.getByRole("button", { name: "Remove and stop them" }).click();
  await expect(page.getByText(`${writer.name} was removed.`)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${writer.name} has access as collaborator again, as before.`)).toBeVisible();

  const plain = await openWithoutScript(browser, writer);
  await plain.goto(`/sources/${source}/share`);
  await plain.getByRole("button", { name: "Leave" }).first().click();
  const leaving = plain.getByRole("alertdialog", { name: "Give up your access?" });
  await expect(leaving).toContainText("This stops 2 data destinations of yours.");
  await expect(leaving.getByRole("listitem")).toHaveText([/^Comments/, /^More comments/]);
  await leaving.getByRole("button", { name: "Leave and stop 2" }).click();
  await expect(plain.getByRole("heading", { name: `Hello, ${writer.name}` })).toBeVisible();
  expect((await writer.client.get(`/sources/${source}`)).status).toBe(404);
  await plain.context().close();
});
