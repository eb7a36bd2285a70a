import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** `server-only` throws outside a React server bundle; tests are the server, so it resolves to nothing there. */
const alias = {
  "@": root.replace(/\/$/, ""),
  "server-only": `${root}node_modules/server-only/empty.js`,
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: "house", include: ["lib/architecture.test.ts"] },
      },
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{lib,components,drizzle,e2e/sandbox}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "lib/architecture.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "database",
          include: ["{lib,drizzle}/**/*.db.test.ts"],
          globalSetup: ["e2e/database-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
