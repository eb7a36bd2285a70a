import { randomBytes } from "node:crypto";
import { findCanaries } from "./canary";
import {
  copyReport,
  expectSameSteps,
  expectStopped,
  faults,
  serveSelfSigned,
  stepOf,
  stepsOf,
} from "./check-steps";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { NoScriptClient } from "./no-script-client";
import {
  addCredentialPath,
  authenticatePath,
  fieldLabels,
  fieldOf,
  fillIn,
  formFields,
  openOverlay,
  openOverlayHere,
  save,
  seedCredential,
  seedUnproven,
  tileOf,
} from "./page-objects";
import { freePort } from "./portal";
import { rightCredential } from "./refusals";
import { sandboxAccounts } from "./sandbox/accounts";
import { withSandbox } from "./sandbox-of-test";

const { zoe } = sandboxAccounts;

test("the overlay names each step at which a check can fail, whose turn it is, and offers a report", async ({
  page,
}) => {
  test.setTimeout(240_000);
  page.on("dialog", (question) => question.accept());
  await page.goto(authenticatePath);
  for (const fault of faults) {
    await test.step(fault.step, () =>
      withSandbox(async (sandbox) => {
        const typed = { ...rightCredential(sandbox), ...(await fault.typed(sandbox)) };
        const overlay = await openOverlayHere(page);
        await fillIn(overlay, typed);
        await save(overlay);
        const alert = overlay.getByRole("alert");
        await expect(alert).toContainText(`Not saved: the check stopped at “${fault.step}”`);
        await expect(alert).toContainText(`Next step: ${fault.whose}.`);
        await expectStopped(overlay, fault.step);
        // Once, at its field.
        await expect(overlay.getByText(fault.title).filter({ visible: true })).toHaveCount(1);
        await expect(overlay.locator("[aria-invalid]")).toHaveAccessibleDescription(new RegExp(fault.title));

        const report = await copyReport(page, overlay);
        await expectSameSteps(report, overlay);
        expect(report).toContain(`Server: ${typed.baseUrl}\n`);
        expect(report).toContain(`Result: stopped at ${fault.step}\n`);
        expect(report).toContain(`What was found: ${fault.title}\n`);
        expect(report).toContain(`Next step: ${fault.whose}\n`);
        expect(findCanaries([{ username: typed.username, secret: typed.password }], report)).toEqual([]);
        await overlay.getByRole("button", { name: "Close" }).click();
        await expect(overlay).toBeHidden();
      }),
    );
  }
});

test("the steps appear one by one while the check runs, and text typed meanwhile stays", async ({
  page,
  sandbox,
}) => {
  // Slightly less than the portal's time limit for headers; the test shortens the delay before that.
  sandbox.set("/slow", { delayMs: 4_500 });
  const overlay = await openOverlay(page);
  await fillIn(overlay, {
    ...rightCredential(sandbox),
    baseUrl: sandbox.url("/slow"),
    password: "not Jane's password",
  });
  await save(overlay);
  await expect(stepOf(overlay, "Connection")).toContainText(/passed · \d+|passed · under/);
  await expect(stepOf(overlay, "Is it Bitbucket")).toContainText("…");
  await expect(stepOf(overlay, "Allowed")).not.toContainText(/passed|failed|not/);
  await expect(overlay.getByRole("status").filter({ hasText: "Checking with the server." })).toHaveCount(1);
  // All this happens before the answer.
  await expect(overlay.getByRole("button", { name: "Checking with the server…" })).toBeVisible();
  await fieldOf(overlay, fieldLabels.description).fill("typed while it ran");

  sandbox.set("/slow", { delayMs: 0 });
  await expect(overlay.getByRole("alert")).toContainText("the check stopped at “Signed in”");
  await expectStopped(overlay, "Signed in");
  await expect(stepsOf(overlay)).toHaveCount(1);
  await expect(fieldOf(overlay, fieldLabels.description)).toHaveValue("typed while it ran");
});

test("a successful check shows its steps on the credential's page, with a report that names the account", async ({
  page,
  user,
  sandbox,
}) => {
  const typed = rightCredential(sandbox);
  await page.goto(`/credentials/${await seedCredential(user, typed)}`);
  const newest = page.getByRole("region", { name: "Latest check" });
  await expect(stepOf(newest, "Allowed")).toContainText(/passed · /);
  await expect(stepOf(newest, "Certificate")).toContainText("not needed");
  const known = page.getByRole("region", { name: "Details" });
  await expect(known).toContainText("verified");
  await expect(known).toContainText(/Jane Citizen.*jcitizen/);
  await expect(known).toContainText("Bitbucket 9.4.3");
  await expect(known).toContainText("The connection is not encrypted.");

  const report = await copyReport(page, newest);
  await expectSameSteps(report, newest);
  expect(report).toContain("Result: all passed\n");
  expect(report).toContain("Version: “9.4.3”\nAccount: “jcitizen”, “Jane Citizen”\nRights: It can read ");
  expect(findCanaries([{ username: typed.username, secret: typed.password }], report)).toEqual([]);
});

test("after Check now a credential's page names the failed step and what to do there", async ({
  page,
  user,
  sandbox,
}) => {
  test.slow();
  const port = await freePort();
  const typed = { ...rightCredential(sandbox), baseUrl: `https://localhost:${port}` };
  await seedUnproven(user, typed);
  await page.goto("/credentials");
  await page.getByRole("link", { name: typed.name, exact: true }).click();
  const newest = page.getByRole("region", { name: "Latest check" });
  await expect(newest).toContainText("Stored without a check");
  const checkNow = newest.getByRole("button", { name: "Check now" });

  await checkNow.click();
  await expectStopped(newest, "Connection");
  await expect(stepOf(newest, "Connection")).toContainText("The server could not be reached");
  await expect(stepOf(newest, "Connection")).toContainText("Next step: you.");
  // Without a time: the speed of a port's refusal would help an attacker who scans the network.
  await expect(stepOf(newest, "Connection").getByText("failed", { exact: true })).toBeVisible();

  const server = await serveSelfSigned(port);
  await checkNow.click();
  await expectStopped(newest, "Certificate");
  await expect(stepOf(newest, "Certificate")).toContainText("The server's certificate is signed by itself");
  await expect(stepsOf(page)).toHaveCount(1);
  await expectSameSteps(await copyReport(page, newest), newest);
  server.close();
});

test("a later refusal by the server, or missing rights, shows as a failed step on the credential's page, with what to do", async ({
  page,
  user,
  sandbox,
}) => {
  sandbox.set("/", { state: "MAINTENANCE" });
  const right = rightCredential(sandbox);
  await seedUnproven(user, { ...right, name: "Wrong", password: "not Jane's password" });
  await seedUnproven(user, {
    ...right,
    name: "Nothing permitted",
    username: zoe.name,
    password: zoe.password,
  });
  sandbox.set("/", { permitsNothing: true });
  const newest = page.getByRole("region", { name: "Latest check" });
  const checks = [
    ["MAINTENANCE", "Is it Bitbucket", "Bitbucket is under maintenance"],
    ["RUNNING", "Signed in", "User name or password is not right"],
  ] as const;
  await page.goto("/credentials");
  await page.getByRole("link", { name: "Wrong", exact: true }).click();
  for (const [state, step, title] of checks) {
    sandbox.set("/", { state });
    await newest.getByRole("button", { name: "Check now" }).click();
    await expectStopped(newest, step);
    await expect(stepOf(newest, step)).toContainText(title);
  }
  await page.goto("/credentials");
  await page.getByRole("link", { name: "Nothing permitted", exact: true }).click();
  await newest.getByRole("button", { name: "Check now" }).click();
  await expectStopped(newest, "Allowed");
  await expect(stepOf(newest, "Allowed")).toContainText("Signed in, but without the rights that are needed");
});

test("without script the page shows the steps, and the report as text", async ({
  browser,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  const page = await openWithoutScript(browser, user);
  await page.goto(`/credentials/${id}`);
  await expect(page.getByRole("button", { name: "Copy report" })).toHaveCount(0);
  await page.getByText("Report as text").click();
  const report = await page.getByRole("textbox", { name: "Report, without secrets" }).inputValue();
  await expectSameSteps(report, page);
  await page.context().close();
});

test("only the user who started a check can follow it, and only its passed steps; the answer contains the rest", async ({
  user,
  anotherUser,
  sandbox,
}) => {
  sandbox.set("/slow", { delayMs: 4_500 });
  const other = await anotherUser();
  const id = randomBytes(16).toString("hex");
  const secret = "not Jane's password";
  const typed = { ...rightCredential(sandbox), baseUrl: sandbox.url("/slow"), password: secret };
  const form = await user.client.fillIn(addCredentialPath, { ...formFields(typed), progressId: id });
  const answer = user.client.post(form.path, form.body);
  const [own, others, outsiders, malformed] = await Promise.all([
    user.client.get(`/checks/${id}`),
    other.client.get(`/checks/${id}`),
    new NoScriptClient(user.client.origin).get(`/checks/${id}`),
    user.client.get("/checks/not-an-id"),
  ]);
  expect([own.status, others.status, outsiders.status, malformed.status]).toEqual([200, 204, 204, 204]);
  sandbox.set("/slow", { delayMs: 0 });
  expect(own.headers.get("cache-control")).toContain("no-store");
  const text = await own.text();
  const steps = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(steps).toEqual(
    ["address", "name", "connection", "certificate", "bitbucket"].map((name) => ({
      name,
      state: name === "certificate" ? "not-applicable" : "passed",
      durationMs: name === "certificate" ? null : expect.any(Number),
    })),
  );
  expect(findCanaries([{ username: typed.username, secret }], text)).toEqual([]);
  expect((await answer).status).toBe(200);
  // The check has ended, so its steps are gone.
  expect((await user.client.get(`/checks/${id}`)).status).toBe(204);
});

test("a session that ends before Save brings a sign-in link, and no error in the console", async ({
  page,
  user,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  await fillIn(overlay, rightCredential(sandbox));
  await page.context().clearCookies();
  await save(overlay);
  await expect(overlay.getByRole("alert")).toContainText("Your session has ended");
  await page.context().addCookies(user.client.cookies());
  await save(overlay);
  await expect(tileOf(page, rightCredential(sandbox).name)).toBeChecked();
});

test("a user who leaves during a check is told that it continues, is not redirected, and finds the tile", async ({
  page,
  sandbox,
}) => {
  sandbox.set("/slow", { delayMs: 700 });
  const overlay = await openOverlay(page);
  const typed = { ...rightCredential(sandbox), baseUrl: sandbox.url("/slow") };
  await fillIn(overlay, typed);
  await save(overlay);
  await expect(overlay.getByText("Connection")).toBeVisible();
  const questions: string[] = [];
  page.once("dialog", async (question) => {
    questions.push(question.message());
    await question.accept();
  });
  await page.keyboard.press("Escape");
  await expect(overlay).toBeHidden();
  expect(questions).toEqual([expect.stringMatching(/^It is on its way already, and will be saved/)]);
  await page.getByRole("link", { name: "Credentials", exact: true }).click();
  await expect(page).toHaveURL("/credentials");
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole("link", { name: typed.name, exact: true }).count();
    })
    .toBe(1);
  await expect(page).toHaveURL("/credentials");
});
