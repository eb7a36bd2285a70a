import { expect, signUpSomebody, test } from "./fixtures";
import { NoScriptClient } from "./no-script-client";
import { postCredential, seedCredential, tileNames } from "./page-objects";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { rightCredential } from "./refusals";
import { countRows } from "./stored-rows";

const tables = ["servers", "credentials", "credential_secrets", "checks"] as const;

// Each test starts portals of its own.
test.beforeEach(() => test.slow());

test("a portal killed between validation and insert saves nothing by halves, and the same Save succeeds afterwards", async ({
  sandbox,
}) => {
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  const user = await signUpSomebody(portal.origin);
  const typed = { ...rightCredential(sandbox), baseUrl: sandbox.url("/slow") };
  const underWay = postCredential(user, typed).catch(() => null);
  await expect.poll(() => sandbox.journal({ instance: "/slow" }).length).toBeGreaterThan(0);
  await portal.kill();
  expect(await underWay).toBeNull();
  expect(await countRows(home, tables)).toEqual({
    servers: 0,
    credentials: 0,
    credential_secrets: 0,
    checks: 0,
  });

  const again = await startPortal(home.settings);
  const client = new NoScriptClient(again.origin);
  await client.submit("/sign-in", { email: user.email, password: user.password });
  expect(await tileNames({ client })).toEqual([]);
  sandbox.set("/slow", { delayMs: 0 });
  await seedCredential({ client }, typed);
  expect(await tileNames({ client })).toEqual([typed.name]);
  await again.stop();
  await home.remove();
});

test("53 a portal killed amid many Saves keeps every acknowledged one, and no half of any", async ({
  sandbox,
}) => {
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  const user = await signUpSomebody(portal.origin);
  const answered: string[] = [];
  const saves = Array.from({ length: 8 }, async (_, index) => {
    const name = `Credential ${index}`;
    const answer = await postCredential(user, { ...rightCredential(sandbox), name }).catch(() => null);
    if (answer?.status === 303) answered.push(name);
  });
  await Promise.race(saves);
  await portal.kill();
  await Promise.all(saves);
  const rows = await countRows(home, tables);
  expect(rows).toEqual({
    servers: 1,
    credentials: rows.credentials,
    credential_secrets: rows.credentials,
    checks: rows.credentials,
  });

  const again = await startPortal(home.settings);
  const client = new NoScriptClient(again.origin);
  await client.submit("/sign-in", { email: user.email, password: user.password });
  const kept = await tileNames({ client });
  expect(answered).not.toEqual([]);
  expect(kept).toEqual(expect.arrayContaining(answered));
  expect(kept).toHaveLength(rows.credentials ?? 0);
  await again.stop();
  await home.remove();
});

test("57 a portal that is told to stop finishes the running Save, and an acknowledged Save is kept", async ({
  sandbox,
}) => {
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  const user = await signUpSomebody(portal.origin);
  sandbox.set("/slow", { delayMs: 500 });
  const typed = { ...rightCredential(sandbox), baseUrl: sandbox.url("/slow") };
  const underWay = postCredential(user, typed);
  await expect.poll(() => sandbox.journal({ instance: "/slow" }).length).toBeGreaterThan(0);
  const ended = portal.stop();
  expect((await underWay).status).toBe(303);
  await ended;
  expect(await countRows(home, tables)).toEqual({
    servers: 1,
    credentials: 1,
    credential_secrets: 1,
    checks: 1,
  });
  await home.remove();
});
