import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { NoScriptClient } from "./no-script-client";

const password = "a long enough passphrase";

/** An email as typed at sign-up, and as the same user types it later. */
const spellings: readonly (readonly [
  kind: string,
  first: (id: string) => string,
  later: (id: string) => string,
])[] = [
  ["a domain in non-Latin letters", (id) => `jane-${id}@тест.рф`, (id) => `Jane-${id}@xn--e1aybc.xn--p1ai`],
  ["a name with & and '", (id) => `o'neil&joe-${id}@x.io`, (id) => `O'Neil&Joe-${id}@X.io`],
  [
    "a name in non-ASCII letters",
    (id) => `jürgen+${id}@bücher.example`,
    (id) => `JÜRGEN+${id}@bücher.example`,
  ],
];

for (const withScript of [true, false]) {
  for (const [kind, first, later] of spellings) {
    test(`an email with ${kind} signs up and in, ${withScript ? "with" : "without"} script`, async ({
      browser,
      portalOrigin,
    }) => {
      const page = withScript
        ? await (await browser.newContext({ baseURL: portalOrigin })).newPage()
        : await openWithoutScript(browser, { client: new NoScriptClient(portalOrigin) });
      const id = randomUUID().slice(0, 8);
      await page.goto("/sign-up");
      await page.getByLabel("Name").fill(`Kim ${id}`);
      await page.getByLabel("Email").fill(first(id));
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Create account" }).click();
      await expect(page.getByRole("heading", { name: `Hello, Kim ${id}` })).toBeVisible();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByLabel("Email").fill(later(id));
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("heading", { name: `Hello, Kim ${id}` })).toBeVisible();
      await page.context().close();
    });
  }
}

test("an invalid email is refused at its field", async ({ browser, portalOrigin }) => {
  const page = await openWithoutScript(browser, { client: new NoScriptClient(portalOrigin) });
  for (const [email, words] of [
    ["jane", /This has no @\.$/],
    ["Jane Doe <jane@example.com>", /Before the @ is something that cannot be there\.$/],
    ["jane@localhost", /After the @ goes a domain with a dot in it\.$/],
  ] as const) {
    await page.goto("/sign-up");
    await page.getByLabel("Name").fill("Jane");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(words);
    await expect(page.getByLabel("Email")).toHaveValue(email);
  }
  await page.context().close();
});
