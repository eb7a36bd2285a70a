import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const startLimitMs = 60_000;

/** A portal in a process of its own, on its production build. */
export interface Portal {
  origin: string;
  pid: number;
  /** Everything that it has printed so far. */
  output(): string;
  /** Asks it to end and waits. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Settings of a portal for tests and the demo; its origin follows the port. */
export type PortalSettings = { port?: number; dataDir: string; env?: Record<string, string> };

/** Starts a portal and resolves once it answers; rejects with what it printed when it ends or stays silent for a minute. */
export async function startPortal({ port, dataDir, env = {} }: PortalSettings): Promise<Portal> {
  const chosen = port ?? (await freePort());
  const origin = `http://localhost:${chosen}`;
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_ENV: "production",
      PORT: String(chosen),
      APP_ORIGIN: origin,
      DATA_DIR: dataDir,
      EGRESS_LOOPBACK: "on",
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
  await waitUntilAnswering(origin, child, () => output);
  return { origin, pid: child.pid ?? 0, output: () => output, stop: end("SIGTERM"), kill: end("SIGKILL") };
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}

async function waitUntilAnswering(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the portal ended at its start:\n${output()}`);
    const answer = await fetch(`${origin}/sign-up`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await endProcess(child, "SIGKILL");
  throw new Error(`the portal did not answer within a minute:\n${output()}`);
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
