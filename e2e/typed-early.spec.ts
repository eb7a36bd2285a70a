import type { Page } from "@playwright/test";
import { expect, type Person, test } from "./fixtures";
import { rightCredential } from "./refusals";
import { addCredentialPath, authenticatePath, seedCredential } from "./steps";

/** Opens a page whose scripts come late: as early as a person could type. The answer lets them come. */
async function openEarly(page: Page, address: string): Promise<() => Promise<void>> {
  const { promise, resolve } = withResolvers();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  return async () => {
    resolve();
    // The page is taken over when its elements belong to React.
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

async function seedSource({ visitor }: Person, credentialId: string): Promise<string> {
  const details = `${authenticatePath}/details?credential=${credentialId}`;
  const fields = { name: "Nightly import", description: "As it was", credentialId };
  const answer = await visitor.submit(details, fields);
  return new URL(answer.headers.get("location") ?? "", visitor.origin).searchParams.get("saved") ?? "";
}

async function seedTeam({ visitor }: Person): Promise<string> {
  const name = `Team ${crypto.randomUUID()}`;
  const answer = await visitor.submit("/teams/new", { name, description: "As it was" });
  return new URL(answer.headers.get("location") ?? "", visitor.origin).pathname;
}

const forms: [what: string, labels: string[], address: (person: Person, id: string) => Promise<string>][] = [
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
  ["a new source", ["Name", "Description"], async (_, id) => `${authenticatePath}/details?credential=${id}`],
  [
    "a source",
    ["Name", "Description"],
    async (person, id) => `/sources/${await seedSource(person, id)}/edit`,
  ],
  ["a team", ["Name", "Description"], async (person) => `${await seedTeam(person)}/edit`],
  ["one's account", ["Name", "Current password", "New password"], async () => "/account"],
];

test("what is typed before a page's scripts have come stays typed, in every form", async ({
  page,
  person,
  sandbox,
}) => {
  test.slow();
  const id = await seedCredential(person, rightCredential(sandbox));
  const field = (label: string) => page.getByLabel(label, { exact: true });
  for (const [what, labels, addressOf] of forms) {
    await test.step(what, async () => {
      const takeOver = await openEarly(page, await addressOf(person, id));
      for (const label of labels) await field(label).fill(`typed early: ${label}`);
      await takeOver();
      for (const label of labels) await expect(field(label)).toHaveValue(`typed early: ${label}`);
    });
  }
});
