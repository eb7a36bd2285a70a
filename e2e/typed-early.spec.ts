import type { Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { addCredentialPath, detailsPath, seedCredential, seedEndpoint } from "./page-objects";
import { rightCredential } from "./refusals";

/** Opens a page whose scripts are held back, as on a slow network. The returned function releases them. */
async function openEarly(page: Page, address: string): Promise<() => Promise<void>> {
  const { promise, resolve } = withResolvers();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  return async () => {
    resolve();
    // The page is hydrated when its elements belong to React.
    await page.waitForFunction(() => {
      const field = document.querySelector("main input:not([type=hidden]), main textarea");
      return field !== null && Object.keys(field).some((key) => key.startsWith("__reactProps"));
    });
  };
}

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function seedTeam({ client }: User): Promise<string> {
  const name = `Team ${crypto.randomUUID()}`;
  const answer = await client.submit("/teams/new", { name, description: "As it was" });
  return new URL(answer.headers.get("location") ?? "", client.origin).pathname;
}

const forms: [what: string, labels: string[], address: (user: User, id: string) => Promise<string>][] = [
  [
    "a new credential",
    ["Credential Name", "Credential Description", "Base URL for Bitbucket Server", "Password"],
    async () => addCredentialPath,
  ],
  ["a credential", ["Credential Name", "Credential Description"], async (_, id) => `/credentials/${id}/edit`],
  [
    "a credential's secret",
    ["Base URL for Bitbucket Server", "Username Or API Key", "Password"],
    async (_, id) => `/credentials/${id}/replace-secret`,
  ],
  ["a new source", ["Name", "Description"], async (_, id) => detailsPath(id)],
  [
    "a source",
    ["Name", "Description"],
    async (user, id) => `/sources/${await seedEndpoint(user, id, { description: "As it was" })}/edit`,
  ],
  ["a team", ["Name", "Description"], async (user) => `${await seedTeam(user)}/edit`],
  ["one's account", ["Name", "Current password", "New password"], async () => "/account"],
];

test("text typed before a page's scripts load is kept, in every form", async ({ page, user, sandbox }) => {
  test.slow();
  const id = await seedCredential(user, rightCredential(sandbox));
  const field = (label: string) => page.getByLabel(label, { exact: true });
  for (const [what, labels, addressOf] of forms) {
    await test.step(what, async () => {
      const takeOver = await openEarly(page, await addressOf(user, id));
      for (const label of labels) await field(label).fill(`typed early: ${label}`);
      await takeOver();
      for (const label of labels) await expect(field(label)).toHaveValue(`typed early: ${label}`);
    });
  }
});
