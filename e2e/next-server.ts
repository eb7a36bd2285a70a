import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** What `npm start` runs: as there, more room for what a page needs only while it is made. */
const start = ["--max-semi-space-size=64", join(import.meta.dirname, "..", ".ci/start.mjs")];
const startLimitMs = 60_000;

/** A production build running in its own process. */
export interface NextServer {
  pid: number;
  /** All output so far. */
  output(): string;
  hasEnded(): boolean;
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>;
  /** Tells the process to stop, and waits for its end. */
  stop(): Promise<void>;
  /** Kills the process, like a power cut. */
  kill(): Promise<void>;
}

/** The build's folder, the address that shows that the server is up, and its settings. */
export type NextServerSettings = {
  folder: string;
  port: number;
  answersAt: string;
  env: Record<string, string>;
};

/** Starts a build and resolves once it responds; rejects with its output if it ends or stays silent for a minute. */
export async function startNextServer({ answersAt, ...settings }: NextServerSettings): Promise<NextServer> {
  const server = spawnNextServer(settings);
  await waitUntilAnswering(answersAt, server);
  return server;
}

/** Starts a build and returns at once, before it listens. */
export function spawnNextServer({ folder, port, env }: Omit<NextServerSettings, "answersAt">): NextServer {
  const child = spawn(process.execPath, start, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: "1",
      UV_THREADPOOL_SIZE: "16",
      // When a test stops the server, it needs no answer to running requests.
      DRAIN_SECONDS: "0",
      NODE_ENV: "production",
      PORT: String(port),
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const end = (signal: NodeJS.Signals) => () => endProcess(child, signal);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    ended: once(child, "close").then(() => undefined),
    stop: end("SIGTERM"),
    kill: end("SIGKILL"),
  };
}

async function waitUntilAnswering(url: string, server: NextServer): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    if (server.hasEnded()) throw new Error(`the server ended at its start:\n${server.output()}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await server.kill();
  throw new Error(`the server did not answer within a minute:\n${server.output()}`);
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
