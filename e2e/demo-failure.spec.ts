import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { explainFailure } from "./demo-failure";
import { freePort, startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { generateKeys } from "./portal-variables";

test.describe.configure({ mode: "default", timeout: 180_000 });

const root = join(import.meta.dirname, "..");

/** The demo's output with settings under which it must not start. */
async function demoIn(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const demo = spawn(process.execPath, ["--import", "tsx", "e2e/demo.ts"], {
    cwd: root,
    // Node.js warns about NO_COLOR beside Playwright's FORCE_COLOR; those lines are not the demo's.
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  await once(demo, "close");
  return { code: demo.exitCode, lines: printed.split("\n").filter((line) => line.trim()) };
}

/** The demo's lines for a portal that must not start, made from the portal's real output. */
async function linesFor(settings: Parameters<typeof startPortal>[0]): Promise<string[]> {
  const failure: unknown = await startPortal(settings).then(
    async (portal) => {
      await portal.stop();
      return "it started";
    },
    (error: unknown) => error,
  );
  return explainFailure(failure, "the log").trimEnd().split("\n");
}

test("the demo on an occupied port names the port and how to choose another, in three lines", async () => {
  const taken = createServer().listen(0);
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { code, lines } = await demoIn({ PORT: String(port), SANDBOX_PORT: String(await freePort()) });
  taken.close();
  expect(code).toBe(1);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe(`The demo could not start. Port ${port} is in use.`);
  expect(lines[1]).toContain(`PORT=${port + 1} npm run demo`);
  expect(await readFile(join(root, lines[2]?.split(" is in ")[1] ?? ""), "utf8")).toContain(
    `Port ${port} is in use.`,
  );
});

test("the demo with an invalid port says what a valid port is", async () => {
  const { code, lines } = await demoIn({ PORT: "seventy" });
  expect(code).toBe(1);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain("PORT must be a port number from 1 to 65535");
});

test("a portal that cannot start gets three lines with the cure: its database in use, a bad variable, no database, a busy port", async () => {
  const home = await makePortalHome();
  const running = await startPortal({ dataDir: home.dataDir, env: { DATABASE_URL: "" } });
  const inUse = await linesFor({ dataDir: home.dataDir, env: { DATABASE_URL: "" } });
  const bad = await linesFor({ dataDir: home.dataDir, env: { DATABASE_URL: "", SIGN_UP: "perhaps" } });
  const nobody = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
  const away = await linesFor({ dataDir: home.dataDir, env: { ...generateKeys(), DATABASE_URL: nobody } });
  await running.stop();
  await home.remove();
  for (const lines of [inUse, bad, away]) {
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe("Everything that was printed is in the log");
  }
  expect(inUse[0]).toContain("open in another process");
  expect(inUse[1]).toContain("Ctrl+C");
  expect(bad[0]).toContain("SIGN_UP must be open, invite or closed");
  expect(away[0]).toContain("The database of DATABASE_URL does not answer (ECONNREFUSED)");
});

test("the demo prints at most three lines, whatever a start prints", () => {
  const frames = Array.from({ length: 20_000 }, (_, at) => `    at function${at} (file.js:${at}:1)`).join(
    "\n",
  );
  const lines = explainFailure(
    new Error(`the server ended:\nTypeError: x is not a function\n${frames}`),
    "the log",
  );
  expect(lines.trimEnd().split("\n")).toHaveLength(3);
  expect(lines).toContain("TypeError: x is not a function");
  expect(lines.length).toBeLessThan(1_000);
});
