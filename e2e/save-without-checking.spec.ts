import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import type { NoScriptClient } from "./no-script-client";
import {
  addCredentialPath,
  authenticatePath,
  chooseData,
  fillIn,
  formFields,
  openOverlay,
  openOverlayHere,
  postCredential,
  save,
  type Typed,
  tileNames,
  tileOf,
  tokenIn,
} from "./page-objects";
import { refusalGroups, rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { withSandbox } from "./sandbox-of-test";

// refusals.spec.ts tests that no other refusal offers it.
const passing = refusalGroups.flatMap(({ refusals }) => refusals.filter(({ passes }) => passes));

test("after each refusal that passes by itself: saved without checking, the tile says unproven, and no sign-in is sent", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.goto(authenticatePath);
  for (const refusal of passing) {
    await test.step(refusal.what, () =>
      withSandbox(async (sandbox) => {
        await refusal.arrange?.(sandbox);
        const name = `Stored after ${refusal.what}`;
        const typed = { ...rightCredential(sandbox), ...(await refusal.typed(sandbox)), name };
        const overlay = await openOverlayHere(page);
        await fillIn(overlay, typed);
        await save(overlay);
        const saveWithoutChecking = overlay.getByRole("button", { name: "Save without checking" });
        await expect(saveWithoutChecking).toBeVisible();
        const since = sandbox.journal().at(-1)?.n;
        await saveWithoutChecking.click();

        await expect(tileOf(page, name)).toBeChecked();
        await expect(tileOf(page, name)).toHaveAccessibleDescription(
          /Password of jcitizen, not yet proven unproven/,
        );
        await expect(page.getByRole("main")).toContainText(`“${name}” is saved without a check`);
        expect(sandbox.journal({ since })).toEqual([]);
      }),
    );
  }
});

test("an unproven credential can be used: its data source says unproven", async ({ page, sandbox }) => {
  const overlay = await openOverlay(page);
  await fillIn(overlay, { ...rightCredential(sandbox), baseUrl: sandbox.url("/in-maintenance") });
  await save(overlay);
  await overlay.getByRole("button", { name: "Save without checking" }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await chooseData(page);
  await page.getByLabel("Name", { exact: true }).fill("Later");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Later" })).toBeVisible();
  await page.goto("/sources");
  await expect(page.getByRole("listitem").filter({ hasText: "Later" })).toContainText("unproven");
});

test("without script the user types the secret again and saves without checking", async ({
  browser,
  user,
  sandbox,
}) => {
  const typed = { ...rightCredential(sandbox), baseUrl: sandbox.url("/in-maintenance") };
  const page = await openWithoutScript(browser, user);
  await page.goto(addCredentialPath);
  await fillIn(page, typed);
  await save(page);
  await page.getByLabel("Password", { exact: true }).fill(typed.password);
  await page.getByRole("button", { name: "Save without checking" }).click();
  await expect(tileOf(page, typed.name)).toHaveAccessibleDescription(/unproven/);
  await page.context().close();
});

test("pressing Save again, once the server is back, checks and stores a verified tile", async ({
  page,
  sandbox,
}) => {
  sandbox.set("/", { state: "MAINTENANCE" });
  const typed = rightCredential(sandbox);
  const overlay = await openOverlay(page);
  await fillIn(overlay, typed);
  await save(overlay);
  await expect(overlay.getByRole("button", { name: "Save without checking" })).toBeVisible();
  sandbox.set("/", { state: "RUNNING" });
  await save(overlay);
  await expect(tileOf(page, typed.name)).toHaveAccessibleDescription(/verified/);
});

/** The token for storing without a check, as the portal gives it to this user for the root server. */
async function tokenFor(client: NoScriptClient, sandbox: Sandbox): Promise<string> {
  sandbox.set("/", { state: "MAINTENANCE" });
  const answer = await postCredential({ client }, rightCredential(sandbox));
  sandbox.set("/", { state: "RUNNING" });
  const token = tokenIn(await answer.text());
  if (!token) throw new Error("the portal gave no permission to save without checking");
  return token;
}

/** Posts the refused credential with this token, optionally with changes. */
function postWith(client: NoScriptClient, sandbox: Sandbox, token: string, changes: Partial<Typed> = {}) {
  const typed = { ...rightCredential(sandbox), ...changes };
  return client.submit(addCredentialPath, formFields(typed), ["uncheckedToken", token]);
}

test("the token stores its credential, and the server is not asked", async ({ user, sandbox }) => {
  const token = await tokenFor(user.client, sandbox);
  const requested = sandbox.journal().length;
  expect((await postWith(user.client, sandbox, token)).status).toBe(303);
  expect(await tileNames(user)).toEqual(["Fernwood"]);
  expect(sandbox.journal()).toHaveLength(requested);
});

test("unknown and altered tokens, and those of another user or server, store nothing", async ({
  user,
  anotherUser,
  sandbox,
}) => {
  const own = await tokenFor(user.client, sandbox);
  const [body = "", signature = ""] = own.split(".");
  const altered = Buffer.from(Buffer.from(body, "base64url").toString().replace("2", "3"));
  const foreign = await tokenFor((await anotherUser()).client, sandbox);
  const forged = {
    "made up": "yes",
    "without a signature": body,
    "with a signature of zeros": `${body}.${"A".repeat(signature.length)}`,
    altered: `${altered.toString("base64url")}.${signature}`,
    "another person's": foreign,
  };
  const refusal = "Something has changed since the last check. Press Save to check again.";
  const requested = sandbox.journal().length;
  for (const [what, token] of Object.entries(forged)) {
    const answer = await postWith(user.client, sandbox, token);
    expect(answer.status, what).toBe(200);
    expect(await answer.text(), what).toContain(refusal);
  }
  const changed: Record<string, Partial<Typed>> = {
    "another server": { baseUrl: sandbox.url("/bitbucket") },
    "another account": { username: "zlindqvist" },
    "another password": { password: "not Jane's password" },
  };
  for (const [what, changes] of Object.entries(changed)) {
    const answer = await postWith(user.client, sandbox, own, changes);
    expect(await answer.text(), what).toContain(refusal);
  }
  // "Without checking" never signs in, even together with other buttons' tokens.
  expect(sandbox.journal()).toHaveLength(requested);
  expect(await tileNames(user)).toEqual([]);
});
