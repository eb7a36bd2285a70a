import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { type KeyRing, parseKeyRing } from "@/lib/crypto/key-ring";
import type { Db } from "@/lib/db/types";
import { cloneTestDatabase } from "@/lib/testing/database-kinds";
import { type KeptDatabase, openKept } from "@/lib/testing/kept-database";
import { type KeyVerb, keyRuns, readKeyState, seedSecrets } from "@/lib/testing/key-runs";

const oldKey = process.env.SECRET_KEYS ?? "";
/** The run's own key k1 and a new one before it, as an operator would set them. */
const bothKeys = `k2:${Buffer.alloc(32, 2).toString("base64")},${oldKey}`;
// Before the keys are first asked for: this process is a portal's that has started with the new key.
vi.stubEnv("SECRET_KEYS", bothKeys);

/** A ring that has opened nothing yet, as a process has that has just started. */
function ringOf(keys: string): KeyRing {
  const parsed = parseKeyRing(keys);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.ring;
}

const template = inject("template");
let folder: string;
let seeded: { database: KeptDatabase; retireId: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-keys-"));
  const database: KeptDatabase =
    template.kind === "server"
      ? { kind: "server", url: await cloneTestDatabase(template.url) }
      : { kind: "embedded", folder: join(folder, "seed"), from: template.file };
  const ring = ringOf(oldKey);
  const retireId = await using(database, async (db) => {
    await seedSecrets(db, ring);
    return (await readKeyState(db, ring)).dataKeys.at(-1) ?? "";
  });
  seeded = { database, retireId };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function using<T>(
  database: KeptDatabase,
  work: (db: Db) => Promise<T>,
  onStatement?: () => void,
): Promise<T> {
  const { db, close } = await openKept(database, onStatement);
  return work(db).finally(close);
}

async function copyOfSeeded(): Promise<KeptDatabase> {
  const { database } = seeded;
  if (database.kind === "server") return { kind: "server", url: await cloneTestDatabase(database.url) };
  const copy = await mkdtemp(join(folder, "copy-"));
  await cp(database.folder, copy, { recursive: true });
  return { kind: "embedded", folder: copy };
}

/** Does the verb in a process that is killed at that statement. */
async function runKilled(database: KeptDatabase, verb: KeyVerb, killAt: number): Promise<void> {
  const script = fileURLToPath(new URL("../testing/killed-run.ts", import.meta.url));
  const words = ["--conditions=react-server", "--import", "tsx", script, verb, String(killAt)];
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: database.kind === "server" ? database.url : "",
      DATA_DIR: database.kind === "server" ? "" : database.folder,
      SECRET_KEYS: bothKeys,
      RETIRE: seeded.retireId,
    },
  });
  const [, signal] = await once(child, "close");
  expect(signal, `killed at ${killAt}`).toBe("SIGKILL");
}

/** Runs the verb to its end; returns the number of statements and the final state. */
async function runWhole(database: KeptDatabase, verb: KeyVerb) {
  let statements = 0;
  const count = () => {
    statements += 1;
  };
  return using(
    database,
    async (db) => {
      await keyRuns[verb]({ db, ring: ringOf(bothKeys), retireId: seeded.retireId });
      const sent = statements;
      return { sent, state: await readKeyState(db, ringOf(bothKeys)) };
    },
    count,
  );
}

/** Spread over the whole of a run; what happens at every single statement is in died.db.test.ts. */
const pointsOf = (statements: number) => [0.3, 0.6, 0.95].map((part) => Math.ceil(statements * part));

describe.each([
  [
    "rotate-wrapping",
    { wrappedBy: ["k2", "k2", "k2"], secrets: [2, 2, 1], newEvents: ["keys.rewrapped", 3] },
  ],
  [
    "rotate-data",
    { wrappedBy: ["k1", "k1", "k1", "k2"], secrets: [2, 2, 1, 0], newEvents: ["keys.rotated", 1] },
  ],
  ["reseal", { wrappedBy: ["k1", "k1", "k1"], secrets: [0, 0, 5], newEvents: ["keys.resealed", 2] }],
] as const)("%s", (verb, { wrappedBy, secrets, newEvents }) => {
  it("11 a process killed by SIGKILL midway loses nothing, and the next run finishes its work", async () => {
    const [kind, count] = newEvents;
    const finished = {
      wrappedBy,
      secrets,
      unopened: [],
      findings: [],
      events: ["keys.rotated", "keys.rotated", ...Array(count).fill(kind)],
    };
    const whole = await runWhole(await copyOfSeeded(), verb);
    expect(whole.state).toMatchObject(finished);
    expect(whole.sent).toBeGreaterThan(3);
    for (const killAt of pointsOf(whole.sent)) {
      const database = await copyOfSeeded();
      await runKilled(database, verb, killAt);
      const { state } = await runWhole(database, verb);
      expect(state, `finished after ${killAt}`).toMatchObject(finished);
    }
  }, 600_000);
});
