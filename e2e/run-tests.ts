import { spawn } from "node:child_process";
import { readSecurityChecks, securityCheckCount } from "../lib/testing/security-checks";
import { findOrInstallChromium } from "./chromium";

type Step = { name: string; command: string[]; env?: Record<string, string> };

const serverUrl = process.env.DATABASE_URL;
const embedded = { DATABASE_URL: "", TEST_SERVER_URL: "" };
const onServer = { DATABASE_URL: "", TEST_SERVER_URL: serverUrl ?? "" };

const staticChecks = "static checks";

/** The steps of `npm test` in order; the first failure ends the run. */
const steps: Step[] = [
  { name: staticChecks, command: ["npm", "run", "--silent", "verify"] },
  { name: "unit tests", command: ["npx", "vitest", "run", "--project", "unit"], env: embedded },
  {
    name: serverUrl ? "database tests, server" : "database tests, embedded",
    command: ["npx", "vitest", "run", "--project", "database"],
    env: serverUrl ? onServer : embedded,
  },
  { name: "build", command: ["node", ".ci/prepare.mjs", "--build"] },
  {
    name: serverUrl ? "browser tests, database server" : "browser tests, embedded database",
    command: ["npx", "playwright", "test"],
    env: serverUrl ? onServer : embedded,
  },
];

async function main(): Promise<void> {
  const chromium = findOrInstallChromium();
  for (const { name, command, env } of steps) {
    process.stdout.write(`\n── ${name}\n`);
    const code = await run(command, { ...env, CHROMIUM_PATH: chromium });
    if (code !== 0) {
      process.stderr.write(`\n${name}: failed\n`);
      process.exit(code);
    }
    if (name === staticChecks) listSecurityChecks();
  }
}

/** The static checks have just compared this list with the tests. */
function listSecurityChecks(): void {
  const checks = readSecurityChecks();
  const proven = new Set(checks.map(({ number }) => number)).size;
  for (const { title, file } of checks) process.stdout.write(`  ${title} (${file})\n`);
  process.stdout.write(`${proven} of ${securityCheckCount} security checks have a test\n`);
}

function run([command = "", ...args]: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: "inherit",
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
