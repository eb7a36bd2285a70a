import { startMailServer } from "../lib/testing/mail-server";
import { expectAccessible } from "./axe";
import { expect, signUpSomebody, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { mustDo } from "./server-actions";

/** A portal with a mail server of its own, and a user of it with a team. */
async function withMailServer() {
  const [home, mail] = [await makePortalHome(), await startMailServer()];
  const env = {
    ...home.settings.env,
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: "latchkey@example.com",
  };
  const portal = await startPortal({ ...home.settings, env });
  const user = await signUpSomebody(portal.origin);
  const team = await mustDo(user, "addTeamAction", { name: "Data platform", description: "" });
  const end = async () => {
    await portal.stop();
    await mail.close();
    await home.remove();
  };
  return { mail, portal, user, team, end };
}

test("a team's e-mail address is told who added it, and is chosen for, tested and removed", async ({
  browser,
}) => {
  test.slow();
  const { mail, portal, user, team, end } = await withMailServer();
  const context = await browser.newContext({ baseURL: portal.origin });
  try {
    await context.addCookies(user.client.cookies());
    const page = await context.newPage();
    await page.goto(`/teams/${team}/notifications`);
    const field = page.getByLabel("E-mail address", { exact: true });
    await expect(page.getByText("It is not verified")).toBeVisible();
    await field.fill("data platform@example.com");
    await page.getByRole("button", { name: "Add e-mail address" }).click();
    await expect(field).toBeFocused();
    await expectAccessible(page, "a refused e-mail address of a team");
    await field.fill("data-platform@lists.example.com");
    await page.getByRole("button", { name: "Add e-mail address" }).click();
    await expect(page.getByText("The e-mail address is added").first()).toBeVisible();
    expect(mail.mails.map(({ to }) => to)).toEqual(["data-platform@lists.example.com"]);
    expect(mail.mails[0]?.data).toContain("added this address to the messages");
    await expect(page.getByText("Set by")).toBeVisible();

    await page.getByRole("checkbox", { name: "A run fails" }).uncheck();
    await page.getByRole("button", { name: "Save choices" }).click();
    await expect(page.getByRole("checkbox", { name: "A run fails" })).not.toBeChecked();
    await page.getByRole("button", { name: "Send a test by e-mail" }).click();
    await expect(page.getByText("E-mail: Test")).toHaveCount(1);
    await expect(page.getByText("First e-mail", { exact: false }).filter({ hasText: "Arrived" })).toHaveCount(
      1,
    );
    expect(mail.mails).toHaveLength(2);
    await expectAccessible(page, "a team's e-mail address with its log");
    await page.getByRole("button", { name: "Remove the e-mail address" }).click();
    await expect(page.getByText("The e-mail address is removed").first()).toBeVisible();
    await expect(field).toBeVisible();
    await page.goto(`/teams/${team}/history`);
    await expect(page.getByText("mailed to the address at “lists.example.com” no more.")).toBeVisible();
  } finally {
    await context.close();
    await end();
  }
});

test("without script a team's e-mail address is refused at its field, added, tested and removed", async ({
  browser,
}) => {
  test.slow();
  const { mail, user, team, end } = await withMailServer();
  const page = await openWithoutScript(browser, user);
  try {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/teams/${team}/notifications`);
    const field = page.getByLabel("E-mail address", { exact: true });
    await field.fill("data-platform");
    await page.getByRole("button", { name: "Add e-mail address" }).click();
    await expect(field).toHaveValue("data-platform");
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await field.fill("data-platform@lists.example.com");
    await page.getByRole("button", { name: "Add e-mail address" }).click();
    await expect(page.getByText("The e-mail address is added").first()).toBeVisible();
    await page.getByRole("button", { name: "Send a test by e-mail" }).click();
    await expect(page.getByText("E-mail: Test")).toBeVisible();
    expect(mail.mails.map(({ to }) => to)).toEqual(Array(2).fill("data-platform@lists.example.com"));
    await page.goto(`/teams/${team}/notifications`);
    await page.getByRole("button", { name: "Remove the e-mail address" }).click();
    await expect(page.getByText("The e-mail address is removed").first()).toBeVisible();
    await expect(field).toBeVisible();
  } finally {
    await page.context().close();
    await end();
  }
});
