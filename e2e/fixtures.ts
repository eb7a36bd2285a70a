import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { NoScriptClient } from "./no-script-client";
import { originVariable } from "./portal-variables";
import type { Sandbox } from "./sandbox/start";
import { startSandboxOfTest } from "./sandbox-of-test";
import { signInAdministrator, takeAccount, type User } from "./seeded-accounts";

export type { User };
export { expect };

type TestFixtures = {
  sandbox: Sandbox;
  /** The user whom `page` belongs to. */
  user: User;
  /** Gives another user, without a page. */
  anotherUser: () => Promise<User>;
  /** Gives another user with a page. */
  another: () => Promise<{ user: User; page: Page }>;
};

type WorkerFixtures = {
  portalOrigin: string;
  /** The portal's administrator, in a session of this worker's own: do not disable or demote this user. */
  administrator: User;
};

/** Tests with users of their own: `page` is signed in, and `sandbox` belongs to this test. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  portalOrigin: [async ({}, use) => use(process.env[originVariable] ?? ""), { scope: "worker" }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  sandbox: async ({}, use) => {
    const sandbox = await startSandboxOfTest();
    await use(sandbox);
    await sandbox.close();
  },
  administrator: [
    async ({ portalOrigin }, use) => use(await signInAdministrator(portalOrigin)),
    { scope: "worker" },
  ],
  baseURL: async ({ portalOrigin }, use) => use(portalOrigin),
  user: async ({ portalOrigin }, use) => use(await takeAccount(portalOrigin)),
  page: async ({ context, user }, use) => {
    await context.addCookies(user.client.cookies());
    const page = await context.newPage();
    const problems = watch(page);
    await use(page);
    expect(problems, "errors in the browser's console").toEqual([]);
  },
  anotherUser: async ({ portalOrigin }, use) => use(() => takeAccount(portalOrigin)),
  another: async ({ browser, portalOrigin }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const user = await takeAccount(portalOrigin);
      const context = await browser.newContext({ baseURL: portalOrigin });
      contexts.push(context);
      await context.addCookies(user.client.cookies());
      return { user, page: await context.newPage() };
    });
    for (const context of contexts) await context.close();
  },
});

/** Makes an account through the sign-up page, like a browser without script: for portals that a test starts. */
export async function signUpSomebody(origin: string): Promise<User> {
  const id = randomUUID().slice(0, 8);
  const user = { name: `Robin ${id}`, email: `robin-${id}@example.com`, password: `a long password ${id}` };
  const client = new NoScriptClient(origin);
  const { name, email, password } = user;
  for (;;) {
    const answer = await client.submit("/sign-up", { name, email, password });
    if (answer.status === 303) return { ...user, client };
    if (!(await answer.text()).includes("Too many attempts.")) {
      throw new Error(`sign-up answered ${answer.status}`);
    }
    await waitForAllowance();
  }
}

// The portal limits new accounts per minute, and on a quick machine the tests need more.
async function waitForAllowance(): Promise<void> {
  const pauseMs = 2_000;
  base.setTimeout(base.info().timeout + pauseMs);
  await sleep(pauseMs);
}

// Chromium also reports a page's own 404, which the test asked for; any other missing file is a problem.
function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    if (url === page.url() && message.text().includes("the server responded with a status of 404")) return;
    problems.push(`${message.text()} (${url})`);
  });
  return problems;
}
