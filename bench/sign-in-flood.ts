import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { NoScriptClient } from "../e2e/no-script-client";
import { startBenchPortal } from "./bench-portal";
import { cpuTimeMs } from "./cpu-time";
import type { FloodOrder, FloodTold } from "./flooding-clients";
import type { Target } from "./load";
import { loadSteadily } from "./steady-load";
import { makeUser } from "./tile-maker";

const screen = "/sources/new/bitbucket-server";
const connections = 300;
const rounds = 5;
const windowSeconds = 5;
// The pause after a flood. A flood's window includes its first responses, sent before the portal limits it.
const settleMs = 500;

/**
 * The measurements of one window: the screen's times in milliseconds, the portal's processor share, the flood's
 * responses.
 */
export type FloodWindow = { times: number[]; cpuShare: number; answers: Record<string, number> };

export type SignInFloodResult = {
  database: "PostgreSQL" | "embedded";
  connections: number;
  idle: FloodWindow[];
  one: FloodWindow[];
  many: FloodWindow[];
};

/**
 * Measures the Authenticate screen with 24 tiles in turns: idle, and under 300 parallel sign-ins from one address and
 * many.
 */
export async function measureSignInFlood(): Promise<SignInFloodResult> {
  const portal = await startBenchPortal({ TRUSTED_PROXIES: "1" });
  try {
    const target = {
      url: `${portal.origin}${screen}`,
      cookie: await makeUser(portal.origin, "Tilda", 24),
    };
    const order = await prepareFlood(portal.origin);
    await portal.restart();
    const quiet = async () => ({ ...(await measureWindow(target, portal.pid())), answers: {} });
    await quiet();
    const result: SignInFloodResult = { database: portal.database, connections, idle: [], one: [], many: [] };
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`idle, round ${round} of ${rounds}\n`);
      result.idle.push(await quiet());
      for (const addresses of ["one", "many"] as const) {
        process.stderr.write(
          `${connections} sign-ins at once from ${addresses}, round ${round} of ${rounds}\n`,
        );
        const flood = startFlood({ ...order, addresses });
        const window = await measureWindow(target, portal.pid());
        result[addresses].push({ ...window, answers: await flood.stop() });
        await new Promise((resolve) => setTimeout(resolve, settleMs));
      }
    }
    return result;
  } finally {
    await portal.remove();
  }
}

async function measureWindow(target: Target, pid: number) {
  const [cpuBefore, began] = [cpuTimeMs(pid), performance.now()];
  const times = await loadSteadily(windowSeconds, target);
  return { times, cpuShare: (cpuTimeMs(pid) - cpuBefore) / (performance.now() - began) };
}

/** An account to attack, and a form's token with its cookie: what an attacker fetches once. */
async function prepareFlood(origin: string): Promise<Omit<FloodOrder, "addresses">> {
  const email = "victim@example.com";
  const password = "a long password of the victim";
  await new NoScriptClient(origin).submit("/sign-up", { name: "Victim", email, password });
  const attacker = new NoScriptClient(origin);
  const { body } = await attacker.fillIn("/sign-in", { email, password: "" });
  const cookie = attacker
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  return { origin, cookie, csrfToken: String(body.get("csrfToken")), email, connections };
}

function startFlood(order: FloodOrder) {
  const child = fork(join(import.meta.dirname, "flooding-clients.ts"));
  child.send(order);
  return {
    async stop(): Promise<Record<string, number>> {
      const told = once(child, "message");
      child.send("stop");
      // The child's messages have this type; IPC declares them as unknown.
      const [{ answers }] = (await told) as [FloodTold];
      return answers;
    },
  };
}
