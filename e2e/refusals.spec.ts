import type { Locator, Page } from "@playwright/test";
import { looksLikeApiKey } from "@/lib/text/api-key-shape";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import {
  addCredentialPath,
  authenticatePath,
  fieldLabels,
  fieldOf,
  fillIn,
  openOverlay,
  openOverlayHere,
  overlayOf,
  save,
  type Typed,
  tileOf,
  tilesOf,
} from "./page-objects";
import { type RefusalCase, refusalGroups, rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { withSandbox } from "./sandbox-of-test";

/** Expects the refusal's text at its field, which is marked as invalid, or in the form's alert. */
async function expectWords(scope: Page | Locator, { at, words }: RefusalCase): Promise<void> {
  if (at === null) {
    await expect(scope.getByRole("alert")).toContainText(`Not saved: ${words}`);
    await expect(scope.locator("[aria-invalid]")).toHaveCount(0);
    return;
  }
  const field = fieldOf(scope, fieldLabels[at]);
  await expect(field).toHaveAccessibleDescription(containing(words));
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(scope.locator("[aria-invalid]")).toHaveCount(1);
}

/** Expects these values in the fields. */
async function expectTyped(scope: Page | Locator, typed: Required<Typed>): Promise<void> {
  for (const name of ["name", "description", "baseUrl", "username", "password"] as const) {
    await expect(fieldOf(scope, fieldLabels[name])).toHaveValue(typed[name]);
  }
}

/** Expects "Save without checking" exactly for refusals that pass by themselves. */
async function expectOffer(scope: Page | Locator, { passes }: RefusalCase): Promise<void> {
  await expect(scope.getByRole("button", { name: "Save without checking" })).toHaveCount(passes ? 1 : 0);
}

async function whatIsTyped(refusal: RefusalCase, sandbox: Sandbox): Promise<Required<Typed>> {
  return { ...rightCredential(sandbox), ...(await refusal.typed(sandbox)) };
}

async function expectNothingStored(page: Page): Promise<void> {
  await page.goto(authenticatePath);
  await expect(page.getByRole("heading", { name: "Authenticate" })).toBeVisible();
  await expect(tilesOf(page)).toHaveCount(0);
}

function containing(words: string): RegExp {
  return new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

/** Without script the portal sends typed values back, except those that are or may be secrets. */
function withoutSecrets(typed: Required<Typed>): Required<Typed> {
  return { ...typed, username: looksLikeApiKey(typed.username) ? "" : typed.username, password: "" };
}

for (const { what, refusals } of refusalGroups) {
  test(`${what}: each refusal has its own text in its place, keeps the typed values, and stores nothing`, async ({
    page,
  }) => {
    test.setTimeout(400_000);
    page.on("dialog", (question) => question.accept());
    await page.goto(authenticatePath);
    for (const refusal of refusals) {
      await test.step(refusal.what, () =>
        withSandbox(async (sandbox) => {
          await refusal.arrange?.(sandbox);
          const typed = await whatIsTyped(refusal, sandbox);
          const overlay = await openOverlayHere(page);
          await fillIn(overlay, typed);
          await save(overlay);

          await expectWords(overlay, refusal);
          await expectOffer(overlay, refusal);
          await expectTyped(overlay, looksLikeApiKey(typed.username) ? { ...typed, password: "" } : typed);
          const wrong = refusal.at ? fieldOf(overlay, fieldLabels[refusal.at]) : overlay.getByRole("alert");
          await expect(wrong).toBeFocused();
          await overlay.getByRole("button", { name: "Close" }).click();
          await expect(overlay).toBeHidden();
        }),
      );
    }
    await expectNothingStored(page);
  });

  test(`${what}, without script: the same texts, the values without secrets are kept, and nothing is stored`, async ({
    browser,
    user,
  }) => {
    test.setTimeout(400_000);
    const page = await openWithoutScript(browser, user);
    for (const refusal of refusals) {
      await test.step(refusal.what, () =>
        withSandbox(async (sandbox) => {
          await refusal.arrange?.(sandbox);
          const typed = await whatIsTyped(refusal, sandbox);
          await page.goto(addCredentialPath);
          await fillIn(page, typed);
          await save(page);

          await expectWords(page, refusal);
          await expectOffer(page, refusal);
          await expectTyped(page, withoutSecrets(typed));
        }),
      );
    }
    await expectNothingStored(page);
    await page.context().close();
  });
}

test("an empty form shows every required field's error at once, and focuses the first", async ({ page }) => {
  const overlay = await openOverlay(page);
  await save(overlay);
  await expect(fieldOf(overlay, fieldLabels.name)).toHaveAccessibleDescription("A credential needs a name.");
  await expect(fieldOf(overlay, fieldLabels.baseUrl)).toHaveAccessibleDescription(
    /^Enter the server's address/,
  );
  await expect(fieldOf(overlay, fieldLabels.username)).toHaveAccessibleDescription(/^Enter a user name/);
  await expect(fieldOf(overlay, fieldLabels.name)).toBeFocused();
});

test("trailing slash and spaces of an address are normalized, the change is shown, and the normalized address is stored", async ({
  page,
  sandbox,
}) => {
  const typed = rightCredential(sandbox);
  const overlay = await openOverlay(page);
  await fillIn(overlay, { ...typed, baseUrl: `  ${typed.baseUrl}/ ` });
  const field = fieldOf(overlay, fieldLabels.baseUrl);
  await expect(field).toHaveValue(typed.baseUrl);
  await expect(field).toHaveAccessibleDescription(/Space or quotes around it were left out\..*slash/i);
  await save(overlayOf(page));
  await expect(tileOf(page, typed.name)).toHaveAccessibleDescription(
    containing(`Server: ${typed.baseUrl} ·`),
  );
});

test("Save pressed straight from the address works, though the address is normalized at that moment", async ({
  page,
  sandbox,
}) => {
  const typed = rightCredential(sandbox);
  const overlay = await openOverlay(page);
  await fillIn(overlay, typed);
  await fieldOf(overlay, fieldLabels.baseUrl).fill(`${typed.baseUrl}/`);
  await save(overlay);
  await expect(tileOf(page, typed.name)).toBeChecked();
});

test("Save pressed straight from a corrected field works, though its error disappears", async ({
  page,
  sandbox,
}) => {
  const typed = rightCredential(sandbox);
  const overlay = await openOverlay(page);
  await fillIn(overlay, { ...typed, name: "", username: "" });
  await save(overlay);
  await expect(fieldOf(overlay, fieldLabels.name)).toBeFocused();
  await fieldOf(overlay, fieldLabels.username).fill(typed.username);
  await fieldOf(overlay, fieldLabels.name).fill(typed.name);
  await save(overlay);
  await expect(tileOf(page, typed.name)).toBeChecked();
});

test("without script the form shows the normalized address when another field is refused", async ({
  browser,
  user,
  sandbox,
}) => {
  const typed = rightCredential(sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(addCredentialPath);
  await fillIn(page, { ...typed, baseUrl: `  ${typed.baseUrl}/ `, name: "" });
  await save(page);
  await expect(fieldOf(page, fieldLabels.baseUrl)).toHaveValue(typed.baseUrl);
  await page.context().close();
});

test("pressing Save twice during a check asks the server once", async ({ page, sandbox }) => {
  sandbox.set("/slow", { delayMs: 400 });
  const overlay = await openOverlay(page);
  await fillIn(overlay, { ...rightCredential(sandbox), baseUrl: sandbox.url("/slow") });
  const before = sandbox.journal().length;
  await overlay.getByRole("button", { name: "Save", exact: true }).dblclick();
  await expect(tileOf(page, "Fernwood")).toBeChecked();
  const attempts = sandbox
    .journal()
    .slice(before)
    .filter(({ signInAttempt }) => signInAttempt);
  expect(attempts).toHaveLength(1);
});
