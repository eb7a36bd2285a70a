import { expect, test, type User } from "./fixtures";
import { seedCredential, seedEndpoint } from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxAccounts } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";
import { callAction } from "./server-actions";

const { zoe } = sandboxAccounts;

type Thing = { kind: "credential" | "endpoint"; id: string; path: string };

/** Shares an item of `owner` with `other`, found by name as on the Share page. */
async function shareWith(owner: User, other: User, thing: Thing, role: string): Promise<void> {
  const found = await owner.client.get(`${thing.path}/share?${new URLSearchParams({ q: other.name })}`);
  const grantee = /person:[0-9a-f-]{36}/.exec(await found.text())?.[0] ?? "";
  const { kind, id } = thing;
  const answer = await callAction(owner.client, "shareAction", { kind, id, grantee, role });
  expect(answer.code).toBe("ok");
}

async function seedThing(owner: User, sandbox: Sandbox): Promise<Thing> {
  const id = await seedCredential(owner, rightCredential(sandbox));
  return { kind: "credential", id, path: `/credentials/${id}` };
}

async function seedSource(user: User, credentialId: string, name: string): Promise<Thing> {
  const id = await seedEndpoint(user, credentialId, { name });
  return { kind: "endpoint", id, path: `/sources/${id}` };
}

function askedSince(sandbox: Sandbox) {
  const since = sandbox.journal().at(-1)?.n;
  return () => sandbox.journal({ since });
}

test("a collaborator sees the credential without controls to change it, and each form says whom to ask", async ({
  user,
  another,
  sandbox,
}) => {
  const credential = await seedThing(user, sandbox);
  const other = await another();
  await shareWith(user, other.user, credential, "collaborator");
  await other.page.goto(credential.path);
  await expect(other.page.getByRole("main")).toContainText(`ask the owner, ${user.name}`);
  for (const name of ["Edit", "Replace secret", "Delete"]) {
    await expect(other.page.getByRole("link", { name, exact: true })).toHaveCount(0);
  }
  for (const part of ["/edit", "/replace-secret", "/delete"]) {
    await other.page.goto(credential.path + part);
    await expect(other.page.getByRole("main")).toContainText("Ask its owner or an administrator of it.");
    await expect(other.page.getByRole("main").getByRole("button")).toHaveCount(0);
  }
});

test("49 a collaborator cannot point the credential at their own server, whatever they send", async ({
  user,
  anotherUser,
  sandbox,
}) => {
  const credential = await seedThing(user, sandbox);
  const thief = await anotherUser();
  await shareWith(user, thief, credential, "collaborator");
  const requested = askedSince(sandbox);
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
    expect((await callAction(thief.client, action, fields)).code, action).toBe(code);
  }
  expect(requested()).toEqual([]);
  const page = await (await user.client.get(credential.path)).text();
  expect(page).toContain(sandbox.url("/"));
  expect(page).not.toContain(elsewhere);
});

test("an administrator may rename and replace, but not change the address without a new secret", async ({
  user,
  anotherUser,
  sandbox,
}) => {
  const credential = await seedThing(user, sandbox);
  const administrator = await anotherUser();
  await shareWith(user, administrator, credential, "administrator");
  const requested = askedSince(sandbox);
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
  expect((await callAction(administrator.client, "editCredentialAction", slipped)).code).toBe("ok");
  for (const password of ["", " "]) {
    const without = { ...ids, baseUrl: elsewhere, username: "jcitizen", password };
    const answer = await callAction(administrator.client, "replaceSecretAction", without);
    expect(answer.code).toBe(password === "" ? "INVALID_INPUT" : "CHECK_FAILED");
  }
  const page = await (await user.client.get(credential.path)).text();
  expect(page).toContain("Renamed");
  expect(page).not.toContain(elsewhere);
  // Only the administrator's new password was sent there, never the owner's secret.
  const { password } = rightCredential(sandbox);
  expect(JSON.stringify(requested())).not.toContain(Buffer.from(`jcitizen:${password}`).toString("base64"));

  const replaced = { ...ids, baseUrl: elsewhere, username: zoe.name, password: zoe.password };
  expect((await callAction(administrator.client, "replaceSecretAction", replaced)).code).toBe("ok");
  expect(await (await user.client.get(credential.path)).text()).toContain(elsewhere);
});

test("deleting a credential that others use shows the owner the number of uses, and no details of them", async ({
  page,
  user,
  anotherUser,
  sandbox,
}) => {
  const credential = await seedThing(user, sandbox);
  const other = await anotherUser();
  await shareWith(user, other, credential, "collaborator");
  await seedSource(user, credential.id, "My own source");
  await seedSource(other, credential.id, "Their secret project");
  await page.goto(`${credential.path}/delete`);
  await expect(page.getByRole("link", { name: "My own source" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(
    `And those of others that you may not see:1 of ${other.name}`,
  );
  expect(await page.content()).not.toContain("Their secret project");
});

test("an operator may pause and activate a source but not edit or delete it; a collaborator may do neither", async ({
  user,
  another,
  sandbox,
}) => {
  const credential = await seedThing(user, sandbox);
  const source = await seedSource(user, credential.id, "Nightly import");
  const operator = await another();
  const collaborator = await another();
  await shareWith(user, operator.user, source, "operator");
  await shareWith(user, collaborator.user, source, "collaborator");
  await operator.page.goto(source.path);
  await operator.page.getByRole("button", { name: "Pause" }).click();
  await expect(operator.page.getByRole("button", { name: "Activate" })).toBeVisible();
  await expect(operator.page.getByRole("link", { name: "Edit", exact: true })).toHaveCount(0);
  await collaborator.page.goto(source.path);
  await expect(collaborator.page.getByRole("main")).toContainText(`by ${operator.user.name}`);
  await expect(collaborator.page.getByRole("button", { name: "Activate" })).toHaveCount(0);

  const id = { endpointId: source.id };
  const edit = { ...id, version: "1", name: "Taken over", description: "", credentialId: "" };
  for (const { client } of [operator.user, collaborator.user]) {
    expect((await callAction(client, "editEndpointAction", edit)).code).toBe("NOT_ALLOWED");
    expect((await callAction(client, "deleteEndpointAction", id)).code).toBe("NOT_ALLOWED");
  }
  for (const action of ["pauseEndpointAction", "activateEndpointAction"]) {
    expect((await callAction(collaborator.user.client, action, id)).code).toBe("NOT_ALLOWED");
    expect((await callAction(operator.user.client, action, id)).code).toBe("ok");
  }
});
