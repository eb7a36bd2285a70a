import { expect, type Person, test } from "./fixtures";
import { rightCredential } from "./refusals";
import { sandboxAccounts } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";
import { callAction } from "./server-actions";
import { authenticatePath, seedCredential } from "./steps";

const { zoe } = sandboxAccounts;

type Thing = { kind: "credential" | "flow"; id: string; path: string };

/** Shares a thing of `owner` with `other`, found by name as on the Share page. */
async function shareWith(owner: Person, other: Person, thing: Thing, role: string): Promise<void> {
  const found = await owner.visitor.get(`${thing.path}/share?${new URLSearchParams({ q: other.name })}`);
  const holder = /person:[0-9a-f-]{36}/.exec(await found.text())?.[0] ?? "";
  const { kind, id } = thing;
  const answer = await callAction(owner.visitor, "shareAction", { kind, id, holder, role });
  expect(answer.code).toBe("ok");
}

async function seedThing(owner: Person, sandbox: Sandbox): Promise<Thing> {
  const id = await seedCredential(owner, rightCredential(sandbox));
  return { kind: "credential", id, path: `/credentials/${id}` };
}

async function seedSource({ visitor }: Person, credentialId: string, name: string): Promise<Thing> {
  const details = `${authenticatePath}/details?credential=${credentialId}`;
  const answer = await visitor.submit(details, { name, description: "", credentialId });
  const id = new URL(answer.headers.get("location") ?? "", visitor.origin).searchParams.get("saved") ?? "";
  return { kind: "flow", id, path: `/sources/${id}` };
}

function askedSince(sandbox: Sandbox) {
  const since = sandbox.journal().at(-1)?.n;
  return () => sandbox.journal({ since });
}

test("a collaborator sees the credential and no way to change it, and each form says whom to ask", async ({
  person,
  another,
  sandbox,
}) => {
  const credential = await seedThing(person, sandbox);
  const other = await another();
  await shareWith(person, other.person, credential, "collaborator");
  await other.page.goto(credential.path);
  await expect(other.page.getByRole("main")).toContainText(`ask ${person.name}`);
  for (const name of ["Edit", "Replace secret", "Delete"]) {
    await expect(other.page.getByRole("link", { name, exact: true })).toHaveCount(0);
  }
  for (const part of ["/edit", "/replace-secret", "/delete"]) {
    await other.page.goto(credential.path + part);
    await expect(other.page.getByRole("main")).toContainText("Ask its owner or an administrator of it.");
    await expect(other.page.getByRole("main").getByRole("button")).toHaveCount(0);
  }
});

test("49 a collaborator cannot point the credential at a server of their own, whatever they send", async ({
  person,
  another,
  sandbox,
}) => {
  const credential = await seedThing(person, sandbox);
  const { person: thief } = await another();
  await shareWith(person, thief, credential, "collaborator");
  const asked = askedSince(sandbox);
  const elsewhere = sandbox.url("/bitbucket");
  const ids = { credentialId: credential.id, version: "1", secretVersion: "1" };
  const crafted: [action: string, fields: Record<string, string>, code: string][] = [
    ["replaceSecretAction", { ...ids, baseUrl: elsewhere, username: "x", password: "y" }, "NOT_ALLOWED"],
    [
      "replaceSecretAction",
      { ...ids, baseUrl: elsewhere, username: "jcitizen", password: "" },
      "INVALID_INPUT",
    ],
    [
      "editCredentialAction",
      { ...ids, name: "Mine now", description: "", baseUrl: elsewhere },
      "NOT_ALLOWED",
    ],
    ["deleteCredentialAction", ids, "NOT_ALLOWED"],
  ];
  for (const [action, fields, code] of crafted) {
    expect((await callAction(thief.visitor, action, fields)).code, action).toBe(code);
  }
  expect(asked()).toEqual([]);
  const page = await (await person.visitor.get(credential.path)).text();
  expect(page).toContain(sandbox.url("/"));
  expect(page).not.toContain(elsewhere);
});

test("an administrator may rename and replace, and cannot slip a new address past the secret either", async ({
  person,
  another,
  sandbox,
}) => {
  const credential = await seedThing(person, sandbox);
  const { person: administrator } = await another();
  await shareWith(person, administrator, credential, "administrator");
  const asked = askedSince(sandbox);
  const elsewhere = sandbox.url("/bitbucket");
  const ids = { credentialId: credential.id, version: "1", secretVersion: "1" };
  const slipped = {
    ...ids,
    name: "Renamed",
    description: "",
    baseUrl: elsewhere,
    username: "x",
    ownerId: "x",
  };
  expect((await callAction(administrator.visitor, "editCredentialAction", slipped)).code).toBe("ok");
  for (const password of ["", " "]) {
    const without = { ...ids, baseUrl: elsewhere, username: "jcitizen", password };
    const answer = await callAction(administrator.visitor, "replaceSecretAction", without);
    expect(answer.code).toBe(password === "" ? "INVALID_INPUT" : "CHECK_FAILED");
  }
  const page = await (await person.visitor.get(credential.path)).text();
  expect(page).toContain("Renamed");
  expect(page).not.toContain(elsewhere);
  // Only the administrator's own blank password has been there, and never the owner's secret.
  const { password } = rightCredential(sandbox);
  expect(JSON.stringify(asked())).not.toContain(Buffer.from(`jcitizen:${password}`).toString("base64"));

  const replaced = { ...ids, baseUrl: elsewhere, username: zoe.name, password: zoe.password };
  expect((await callAction(administrator.visitor, "replaceSecretAction", replaced)).code).toBe("ok");
  expect(await (await person.visitor.get(credential.path)).text()).toContain(elsewhere);
});

test("an owner who deletes a credential that others use reads how many uses there are, and nothing of theirs", async ({
  page,
  person,
  another,
  sandbox,
}) => {
  const credential = await seedThing(person, sandbox);
  const { person: other } = await another();
  await shareWith(person, other, credential, "collaborator");
  await seedSource(person, credential.id, "My own source");
  await seedSource(other, credential.id, "Their secret project");
  await page.goto(`${credential.path}/delete`);
  await expect(page.getByRole("link", { name: "My own source" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(
    `And those of others that you may not see:1 of ${other.name}`,
  );
  expect(await page.content()).not.toContain("Their secret project");
});

test("an operator pauses and activates a source, and may not edit or delete it; a collaborator may do neither", async ({
  person,
  another,
  sandbox,
}) => {
  const credential = await seedThing(person, sandbox);
  const source = await seedSource(person, credential.id, "Nightly import");
  const operator = await another();
  const collaborator = await another();
  await shareWith(person, operator.person, source, "operator");
  await shareWith(person, collaborator.person, source, "collaborator");
  await operator.page.goto(source.path);
  await operator.page.getByRole("button", { name: "Pause" }).click();
  await expect(operator.page.getByRole("button", { name: "Activate" })).toBeVisible();
  await expect(operator.page.getByRole("link", { name: "Edit", exact: true })).toHaveCount(0);
  await collaborator.page.goto(source.path);
  await expect(collaborator.page.getByRole("main")).toContainText(`by ${operator.person.name}`);
  await expect(collaborator.page.getByRole("button", { name: "Activate" })).toHaveCount(0);

  const id = { flowId: source.id };
  const edit = { ...id, version: "1", name: "Taken over", description: "", credentialId: "" };
  for (const { visitor } of [operator.person, collaborator.person]) {
    expect((await callAction(visitor, "editFlowAction", edit)).code).toBe("NOT_ALLOWED");
    expect((await callAction(visitor, "deleteFlowAction", id)).code).toBe("NOT_ALLOWED");
  }
  for (const action of ["pauseFlowAction", "activateFlowAction"]) {
    expect((await callAction(collaborator.person.visitor, action, id)).code).toBe("NOT_ALLOWED");
    expect((await callAction(operator.person.visitor, action, id)).code).toBe("ok");
  }
});
