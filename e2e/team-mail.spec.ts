import { startMailServer } from "../lib/testing/mail-server";
import { expectAccessible } from "./axe";
import { expect, signUpSomebody, test } from "./fixtures";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { mustDo } from "./server-actions";

test("a team's e-mail address is told who added it, and is chosen for, tested and removed", async ({
  browser,
}) => {
  test.slow();
  const [home, mail] = [await makePortalHome(), await startMailServer()];
  const env = {
    ...home.settings.env,
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: "latchkey@example.com",
  };
  const portal = await startPortal({ ...home.settings, env });
  const context = await browser.newContext({ baseURL: portal.origin });
  try {
    const user = await signUpSomebody(portal.origin);
    const team = await mustDo(user, "addTeamAction", { name: "Data platform", description: "" });
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
    await portal.stop();
    await mail.close();
    await home.remove();
  }
});
