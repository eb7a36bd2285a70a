import { expect, test } from "@playwright/test";
import { makeTestDatabase, type TestDatabase } from "../lib/testing/database-kinds";
import {
  besides,
  endConnections,
  expectFaultPage,
  expectRecovery,
  onDatabase,
  openPage,
  startTroubled,
  statusOf,
  type Troubled,
} from "./faults";
import { type Line, openLine } from "./line";
import { makePortalHome } from "./portal-home";
import { generateKeys } from "./portal-variables";

// Faults of a database server; full-disk.spec.ts has those of the embedded database.
const serverUrl = process.env.TEST_SERVER_URL;

// Each test breaks a database of its own and waits for time limits of several seconds.
test.describe.configure({ mode: "default", timeout: 240_000 });

let database: TestDatabase;
let line: Line;
let troubled: Troubled;

async function begin(url: string): Promise<void> {
  database = await makeTestDatabase(url);
  line = await openLine(database.url);
  const { settings } = await makePortalHome();
  troubled = await startTroubled({ ...settings, env: { ...generateKeys(), DATABASE_URL: line.url } });
}

async function finish(): Promise<void> {
  await troubled.portal.stop();
  await line.close();
  await database.drop();
}

const noAnswer = "The portal's database does not answer";

if (serverUrl) {
  test.beforeEach(() => begin(serverUrl));
  test.afterEach(finish);

  test("50 a silent database: 503 with a message and a number within ten seconds, typed text is kept, and the portal recovers by itself", async ({
    browser,
  }) => {
    const { portal, user } = troubled;
    const form = await openPage(browser, user);
    await form.goto("/teams/new");
    await form.getByLabel("Name").fill("Pipelines");
    // Opens every connection of the pool, so that all of them fall silent.
    await Promise.all(Array.from({ length: 20 }, () => statusOf(portal, user, "/credentials")));
    line.silence();
    await expectFaultPage(browser, user, noAnswer);
    await form.getByRole("button", { name: "Create team" }).click();
    await expect(form.getByText("does not answer")).toBeVisible();
    await expect(form.getByLabel("Name")).toHaveValue("Pipelines");
    expect(await statusOf(portal, user, "/api/health")).toBe(503);

    line.restore();
    await expectRecovery(troubled);
    await form.getByRole("button", { name: "Create team" }).click();
    await expect(form.getByRole("heading", { name: "Pipelines", level: 1 })).toBeVisible();
  });

  test("50 an unreachable database: 503 with a message, and the portal recovers by itself", async ({
    browser,
  }) => {
    const { name, server } = besides(database.url);
    await onDatabase(server, `alter database ${name} allow_connections false`, endConnections(name));
    await expectFaultPage(browser, troubled.user, noAnswer);
    await onDatabase(server, `alter database ${name} allow_connections true`);
    await expectRecovery(troubled);
  });

  test("50 connections killed amid many Saves: each response is right, nothing is half-saved, and the portal recovers", async () => {
    const { portal, user } = troubled;
    const { name, server } = besides(database.url);
    const statuses: number[] = [];
    const forms = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        user.client.fillIn("/teams/new", { name: `Team ${index}`, description: "" }),
      ),
    );
    const saves = forms.map(async ({ path, body }) => {
      statuses.push((await user.client.post(path, body)).status);
      await onDatabase(server, endConnections(name));
    });
    await onDatabase(server, endConnections(name));
    await Promise.all(saves);
    expect(statuses).not.toContain(500);
    await expectRecovery(troubled);
    const saved = statuses.filter((status) => status === 303).length;
    // A 303 means saved. A 503 may be saved too, if the connection broke between commit and reply.
    await onDatabase(
      database.url,
      `do $$ begin
        assert (select count(*) from teams) between ${saved} and 24, 'a save that was answered is gone';
        assert (select count(*) from teams) = (select count(*) from team_members), 'a team is half-saved';
        assert (select count(*) from teams) = (select count(*) from audit_events where event = 'team.added'), 'unlogged';
      end $$`,
    );
    expect(await statusOf(portal, user, "/teams")).toBe(200);
  });

  test("50 an exhausted pool: waiting requests get 503 within ten seconds, and the portal recovers", async ({
    browser,
  }) => {
    const { portal, user } = troubled;
    const { name, server } = besides(database.url);
    const holding = onDatabase(
      database.url,
      "begin",
      "lock table sessions in access exclusive mode",
      "select pg_sleep(600)",
    ).catch(() => undefined);
    await expect.poll(() => statusOf(portal, user, "/credentials"), { timeout: 60_000 }).toBe(503);
    const crowd = Array.from({ length: 40 }, () => statusOf(portal, user, "/credentials"));
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([503]));
    await expectFaultPage(browser, user, noAnswer);
    await onDatabase(server, endConnections(name));
    await holding;
    await expectRecovery(troubled);
  });

  test("50 a read-only database: pages are shown, and a failed Save says so and keeps the typed text", async ({
    browser,
  }) => {
    const { portal, user } = troubled;
    const { name, server } = besides(database.url);
    const form = await openPage(browser, user);
    await form.goto("/teams/new");
    await onDatabase(
      server,
      `alter database ${name} set default_transaction_read_only = on`,
      endConnections(name),
    );
    await expect.poll(() => statusOf(portal, user, "/credentials")).toBe(200);
    await form.getByLabel("Name").fill("Pipelines");
    await form.getByRole("button", { name: "Create team" }).click();
    await expect(form.getByText("takes no changes at the moment")).toBeVisible();
    await expect(form.getByLabel("Name")).toHaveValue("Pipelines");
    await onDatabase(
      server,
      `alter database ${name} reset default_transaction_read_only`,
      endConnections(name),
    );
    await expectRecovery(troubled);
    await form.getByRole("button", { name: "Create team" }).click();
    await expect(form.getByRole("heading", { name: "Pipelines", level: 1 })).toBeVisible();
  });
}
