import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";

/** One stream, read twice. */
export type ReadStream = {
  stream: string;
  /** How many chosen repositories were read; null for everything. */
  repositories: number | null;
  records: number;
  /** Records that came more than once. */
  twice: number;
  calls: number;
  /** The fewest calls that bring these records. */
  fewest: number;
  seconds: number;
  /** The calls of a second run, which finds nothing new. */
  again: number;
  mostAgain: number;
  /** Change numbers that the second run gave. */
  changedAgain: number;
};

export type EveryStreamResult = { database: "PostgreSQL" | "embedded"; streams: ReadStream[] };

/** Reads every stream of the large sandbox in a process of its own, with a database of its own. */
export async function measureEveryStream(): Promise<EveryStreamResult> {
  const serverUrl = process.env.DATABASE_URL;
  const folder = await mkdtemp(join(tmpdir(), "latchkey-streams-"));
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const script = ["--import", "tsx", "--conditions=react-server", "bench/every-stream-read.ts"];
  try {
    const running = promisify(execFile)(process.execPath, script, {
      cwd: join(import.meta.dirname, ".."),
      maxBuffer: 10_000_000,
      env: {
        ...process.env,
        ...generateKeys(),
        DATABASE_URL: database?.url ?? "",
        DATA_DIR: folder,
        EGRESS_LOOPBACK: "on",
        LOG_LEVEL: "error",
      },
    });
    running.child.stderr?.pipe(process.stderr);
    const { stdout } = await running;
    return { database: database ? "PostgreSQL" : "embedded", streams: JSON.parse(stdout) };
  } finally {
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}
