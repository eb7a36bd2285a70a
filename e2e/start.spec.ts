import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { makeTestDatabase, type TestDatabase } from "../lib/testing/database-kinds";
import { type Portal, type PortalSettings, startPortal } from "./portal";
import { generateKeys } from "./portal-variables";

// Each portal starts with other settings, so none is shared; one at a time spares the machine.
test.describe.configure({ mode: "serial", timeout: 120_000 });

const serverUrl = process.env.TEST_SERVER_URL;
let dataDir: string;
let database: TestDatabase | null;
let keys: Record<string, string>;
const running: Portal[] = [];

test.beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-start-"));
  database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  keys = generateKeys();
});

test.afterEach(async () => {
  await Promise.all(running.splice(0).map((portal) => portal.stop()));
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}, more: Partial<PortalSettings> = {}): Promise<Portal> {
  const portal = await startPortal({
    dataDir,
    env: { DATABASE_URL: database?.url ?? "", ...keys, ...env },
    ...more,
  });
  running.push(portal);
  return portal;
}

/** The error of a portal that must not start. */
async function refusal(env: Record<string, string>): Promise<string> {
  return start(env).then(
    () => {
      throw new Error("the portal started");
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

test("an invalid setting stops the start with the variable's name and a valid value", async () => {
  expect(await refusal({ SIGN_UP: "perhaps" })).toContain("SIGN_UP must be open, invite or closed");
  expect(await refusal({ EGRESS_ALLOW: "https://bitbucket.example.com" })).toContain("EGRESS_ALLOW");
  expect(await refusal({ SECRET_KEYS: "k1:c2hvcnQ=" })).toContain("SECRET_KEYS");
});

test("9 with keys other than the stored ones the portal does not start, and names the missing key", async () => {
  const first = await start({ SECRET_KEYS: `first:${randomBytes(32).toString("base64")}` });
  await first.stop();
  const message = await refusal({ SECRET_KEYS: `second:${randomBytes(32).toString("base64")}` });
  expect(message).toContain("KeysRefusedError");
  expect(message).toContain("first");
});

test("with a new key before the old one all secrets still open", async () => {
  const old = `old:${randomBytes(32).toString("base64")}`;
  await (await start({ SECRET_KEYS: old })).stop();
  await start({ SECRET_KEYS: `new:${randomBytes(32).toString("base64")},${old}` });
});

test("51 of four processes that start at once all start on a server, and one starts on a folder", async () => {
  const outcomes = await Promise.allSettled([start(), start(), start(), start()]);
  const started = outcomes.filter(({ status }) => status === "fulfilled").length;
  expect(started).toBe(database ? 4 : 1);
  const reasons = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [String(outcome.reason)] : [],
  );
  for (const reason of reasons) expect(reason).toContain("FolderInUseError");
});

/** Runs the worker alone until it ends, or until it is ready and told to stop. */
async function runWorker(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const worker = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=react-server", "lib/worker/main.ts"],
    {
      cwd: join(import.meta.dirname, ".."),
      env: { ...process.env, ...keys, DATA_DIR: dataDir, ...env },
    },
  );
  let output = "";
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("worker ready")) worker.kill("SIGTERM");
    });
  }
  await once(worker, "close");
  return { code: worker.exitCode, output };
}

test("the worker alone refuses the embedded database with the cure, and on a server stops when told", async () => {
  const refused = await runWorker({ DATABASE_URL: "" });
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("DATABASE_URL must be set");
  if (database) expect(await runWorker({ DATABASE_URL: database.url })).toMatchObject({ code: 0 });
});
