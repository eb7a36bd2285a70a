import { expect, test, type User } from "./fixtures";
import { buttonValue } from "./html";
import { openWithoutScript } from "./no-script";
import {
  addCredentialPath,
  fieldLabels,
  fieldOf,
  fillIn,
  formFields,
  openOverlay,
  postCredential,
  save,
  tileOf,
} from "./page-objects";
import { lockJane, rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

const attemptsAt = (sandbox: Sandbox) => sandbox.journal().filter(({ signInAttempt }) => signInAttempt);
const withPassword = (sandbox: Sandbox, password: string) => ({ ...rightCredential(sandbox), password });

for (const withScript of [true, false]) {
  const how = withScript ? "" : ", without script";
  test(`a wrong password is sent once, and the right one is sent after an override${how}`, async ({
    page,
    user,
    browser,
    sandbox,
  }) => {
    const portal = withScript ? page : await openWithoutScript(browser, user);
    if (!withScript) await portal.goto(addCredentialPath);
    const form = withScript ? await openOverlay(page) : portal;
    const typePassword = (password: string) => fieldOf(form, fieldLabels.password).fill(password);
    const says = (words: RegExp) =>
      expect(form.locator("[aria-invalid]").first()).toHaveAccessibleDescription(words);

    await fillIn(form, withPassword(sandbox, "wrong once"));
    await save(form);
    await says(/^User name or password is not right/);
    await typePassword("wrong once");
    await save(form);
    await says(/This user name and password were refused \d+ seconds? ago\. They have not been sent again/);
    await typePassword("wrong twice");
    await save(form);
    await says(/^User name or password is not right/);
    const { password } = rightCredential(sandbox);
    await typePassword(password);
    await save(form);
    await says(
      /^Two sign-ins of this account in a row were refused, or their answer got lost\. Nothing was sent this time/,
    );
    expect(attemptsAt(sandbox)).toHaveLength(2);

    await typePassword(password);
    await form.getByRole("button", { name: "Try again" }).click();
    await expect(tileOf(portal, "Fernwood")).toHaveAccessibleDescription(/verified/);
    expect(attemptsAt(sandbox)).toHaveLength(3);
    if (!withScript) await portal.context().close();
  });
}

/** The Try again token in a no-script response. */
async function tokenOf(answer: Response): Promise<string> {
  return buttonValue(await answer.text(), "tryAgainToken") ?? "none";
}

/** Posts the form with "Try again" pressed. */
function tryAgain({ client }: User, sandbox: Sandbox, token: string): Promise<Response> {
  const fields = formFields(withPassword(sandbox, "wrong"));
  return client.submit(addCredentialPath, fields, ["tryAgainToken", token]);
}

test("a Try again token sends once, and not for another user", async ({ user, anotherUser, sandbox }) => {
  await postCredential(user, withPassword(sandbox, "wrong"));
  const token = await tokenOf(await postCredential(user, withPassword(sandbox, "wrong")));
  const second = await anotherUser();
  await tryAgain(second, sandbox, token);
  expect(attemptsAt(sandbox)).toHaveLength(1);
  await Promise.all(Array.from({ length: 4 }, () => tryAgain(user, sandbox, token)));
  await tryAgain(user, sandbox, token);
  expect(attemptsAt(sandbox)).toHaveLength(2);
});

test("an account that requires a CAPTCHA is not tried until the user presses Try again", async ({
  page,
  sandbox,
}) => {
  await lockJane(sandbox);
  const since = sandbox.journal().at(-1)?.n;
  const attempts = () => sandbox.journal({ since }).filter(({ signInAttempt }) => signInAttempt);
  const overlay = await openOverlay(page);
  await fillIn(overlay, rightCredential(sandbox));
  await save(overlay);
  const username = fieldOf(overlay, fieldLabels.username);
  await expect(username).toHaveAccessibleDescription(/After several failed attempts it wants a CAPTCHA/);
  await save(overlay);
  await expect(username).toHaveAccessibleDescription(/It wants a CAPTCHA, so nothing was sent this time/);
  expect(attempts()).toHaveLength(1);
  sandbox.clearCaptcha("/");
  await overlay.getByRole("button", { name: "Try again" }).click();
  await expect(tileOf(page, "Fernwood")).toBeChecked();
  expect(attempts()).toHaveLength(2);
});
