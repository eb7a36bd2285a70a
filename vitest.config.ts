import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** `server-only` throws outside a React server bundle; tests are the server, so it resolves to nothing there. */
const alias = {
  "@": root.replace(/\/$/, ""),
  "server-only": `${root}node_modules/server-only/empty.js`,
};

/** They read the sources and documents alone, so that `npm run verify` can run them. */
const houseTests = [
  "lib/testing/architecture.test.ts",
  "lib/testing/module-graph.test.ts",
  "lib/testing/register/register.test.ts",
  "lib/testing/security-checks.test.ts",
];

export default defineConfig({
  test: {
    // One for each core; vitest by itself leaves one core to a watcher that a run has not, of two that is half of them.
    maxWorkers: availableParallelism(),
    projects: [
      {
        resolve: { alias },
        test: { name: "house", testTimeout: 60_000, include: houseTests },
      },
      {
        resolve: { alias },
        test: {
          name: "unit",
          // On a busy machine a property of a thousand random values takes longer than the default of five seconds.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ["{lib,components,drizzle,e2e/sandbox}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/*.pg.test.ts", "**/*.office.test.ts", ...houseTests],
        },
      },
      // They open files in LibreOffice, which is too large to be asked of everybody: `.ci/csv-in-libreoffice`.
      ...(process.env.SOFFICE_PATH
        ? [
            {
              resolve: { alias },
              test: { name: "office", testTimeout: 120_000, include: ["lib/**/*.office.test.ts"] },
            },
          ]
        : []),
      {
        resolve: { alias },
        test: {
          name: "database",
          // In CI a failed test runs once more: machines pause. Vitest and Playwright name such tests; each is a bug to find.
          retry: process.env.CI ? 1 : 0,
          // What needs two connections that wait for each other, which the embedded database has not: with a server only.
          include: [
            "{lib,drizzle}/**/*.db.test.ts",
            ...(process.env.TEST_SERVER_URL ? ["{lib,drizzle}/**/*.pg.test.ts"] : []),
          ],
          globalSetup: ["e2e/database-setup.ts"],
          // Fresh keys for each run, so that nothing is generated into a data folder.
          env: {
            DATABASE_URL: "",
            LOG_LEVEL: "silent",
            AUTH_SECRET: randomBytes(32).toString("base64url"),
            SECRET_KEYS: `k1:${randomBytes(32).toString("base64")}`,
          },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
