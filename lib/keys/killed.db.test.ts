import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { cloneTestDatabase } from "@/lib/testing/database-kinds";

const answerSchema = z.object({
  statements: z.number(),
  wrappedBy: z.array(z.string()),
  dataKeys: z.array(z.string()),
  secrets: z.array(z.number()),
  unopened: z.array(z.unknown()),
  findings: z.array(z.unknown()),
  events: z.array(z.string()),
});

const key = (id: string) => `${id}:${Buffer.alloc(32, id).toString("base64")}`;
const oldRing = key("k1");
const bothRings = `${key("k2")},${oldRing}`;

const template = inject("template");
let folder: string;
let seeded: { database: string; dataKeys: string[] };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-keys-"));
  const database = template.kind === "server" ? await cloneTestDatabase(template.url) : join(folder, "seed");
  const { dataKeys } = await run(database, "seed", 0, {}, oldRing);
  seeded = { database, dataKeys };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the process of test-killed-run.ts; null when it was killed. */
async function start(database: string, verb: string, killAt: number, env: object, secretKeys: string) {
  const seedFile = template.kind === "embedded" && verb === "seed" ? [template.file] : [];
  const child = spawn(
    process.execPath,
    [
      ...["--conditions=react-server", "--import", "tsx"],
      fileURLToPath(new URL("../testing/killed-run.ts", import.meta.url)),
      ...[verb, String(killAt), ...seedFile],
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        DATABASE_URL: template.kind === "server" ? database : "",
        DATA_DIR: database,
        SECRET_KEYS: secretKeys,
        ...env,
      },
    },
  );
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const [code, signal] = await once(child, "close");
  if (signal === "SIGKILL") return null;
  expect(code, printed).toBe(0);
  return answerSchema.parse(JSON.parse(printed));
}

async function run(database: string, verb: string, killAt: number, env: object, secretKeys = bothRings) {
  const answer = await start(database, verb, killAt, env, secretKeys);
  if (!answer) throw new Error(`${verb} was killed`);
  return answer;
}

async function copyOfSeeded(): Promise<string> {
  if (template.kind === "server") return cloneTestDatabase(seeded.database);
  const copy = await mkdtemp(join(folder, "copy-"));
  await cp(seeded.database, copy, { recursive: true });
  return copy;
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
    const env = { RETIRE: seeded.dataKeys.at(-1) };
    const [kind, count] = newEvents;
    const finished = {
      wrappedBy,
      secrets,
      unopened: [],
      findings: [],
      events: ["keys.rotated", "keys.rotated", ...Array(count).fill(kind)],
    };
    const whole = await run(await copyOfSeeded(), verb, 0, env);
    expect(whole).toMatchObject(finished);
    expect(whole.statements).toBeGreaterThan(3);
    for (const killAt of pointsOf(whole.statements)) {
      const database = await copyOfSeeded();
      expect(await start(database, verb, killAt, env, bothRings), `killed at ${killAt}`).toBeNull();
      expect(await run(database, verb, 0, env), `finished after ${killAt}`).toMatchObject(finished);
    }
  }, 600_000);
});
