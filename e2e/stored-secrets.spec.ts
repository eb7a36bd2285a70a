import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Canary, findCanaries } from "./canary";
import { expect, signUpSomebody, test } from "./fixtures";
import { addCredentialPath, formFields, seedCredential, type Typed } from "./page-objects";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";
import { readEverythingStored } from "./stored-bytes";

const { jane } = sandboxAccounts;
const { janeRead, janeWrite } = sandboxKeys;
const build = join(import.meta.dirname, "..", ".next");

/** The files of the build and its cache that contain a secret, read one by one because some are large. */
async function filesWith(canaries: readonly Canary[]): Promise<string[]> {
  const entries = await readdir(build, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    const hits = findCanaries(canaries, await readFile(join(parentPath, name)));
    found.push(...hits.map((hit) => `${name}: ${hit}`));
  }
  return found;
}

test("1 database dump, log and .next contain no typed secret, whether saved, refused or a portal password", async ({
  sandbox,
}) => {
  test.slow();
  const home = await makePortalHome();
  const portal = await startPortal({ ...home.settings, env: { ...home.settings.env, LOG_LEVEL: "trace" } });
  const user = await signUpSomebody(portal.origin);
  const { client } = user;
  const refused = `refused ${randomUUID()}`;
  const unstored = `unchecked ${randomUUID()}`;
  const mistyped = `mistyped ${randomUUID()}`;
  const baseUrl = sandbox.url("/");
  const add = async (typed: Typed) => (await client.submit(addCredentialPath, formFields(typed))).text();
  await add({ name: "A name that is kept", baseUrl, username: jane.name, password: jane.password });
  const another = { name: "Another", baseUrl, username: janeWrite.value, password: janeWrite.value };
  // Replaced, so that its key is kept as the previous secret.
  const replaced = `/credentials/${await seedCredential(user, another)}/replace-secret`;
  await client.submit(replaced, { baseUrl, username: janeRead.value, password: "", keepPrevious: "on" });
  const page = await (await client.get(replaced.replace("/replace-secret", ""))).text();
  expect(page).toContain(janeWrite.id);
  await add({ name: "Refused", baseUrl, username: jane.name, password: refused });
  await add({ name: "Nowhere", baseUrl: "http://localhost:1", username: jane.name, password: unstored });
  await client.submit("/sign-in", { email: user.email, password: mistyped }).catch(() => undefined);
  await portal.stop();

  const keys = [janeRead.value, janeWrite.value];
  const canaries: Canary[] = [jane.password, ...keys, refused, unstored, mistyped, user.password].map(
    (secret) => ({ username: jane.name, secret }),
  );
  const stored = await readEverythingStored(home);
  await home.remove();
  expect(findCanaries(canaries, stored), "the database").toEqual([]);
  expect(findCanaries(canaries, portal.output()), "the log").toEqual([]);
  expect(await filesWith(canaries), ".next").toEqual([]);
  // Proves that the search works: a text that is not secret is found.
  expect(findCanaries([{ username: "", secret: "A name that is kept" }], stored)).not.toEqual([]);
  expect(await filesWith([{ username: "", secret: "addCredentialAction" }])).not.toEqual([]);
});
