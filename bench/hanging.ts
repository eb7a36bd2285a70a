import { fork } from "node:child_process";
import { join } from "node:path";
import { type FilledForm, NoScriptClient } from "../e2e/no-script-client";
import { startBenchPortal } from "./bench-portal";
import { cpuTimeMs } from "./cpu-time";
import type { Told } from "./hanging-servers";
import type { Target } from "./load";
import { loadSteadily } from "./steady-load";
import { makeUser } from "./tile-maker";

const screen = "/sources/new/bitbucket-server";
const form = `${screen}/credentials/new`;
const serversWanted = 500;
const users = 25;
const rounds = 5;
const windowSeconds = 5;
// A check is held for 20 seconds at most: the last one must begin, and a window end, before the first one ends.
const savesPerSecond = 45;

/** The measurements of one window: the screen's times in milliseconds, and the portal's share of a processor. */
export type Window = { times: number[]; cpuShare: number };

export type HangingResult = {
  database: "PostgreSQL" | "embedded";
  idle: Window[];
  held: Window[];
  /** The minimum number of running checks at the beginning and end of any window. */
  fewestHeld: number;
};

/** Measures the Authenticate screen with 24 tiles, alternately idle and while 500 servers hold 500 checks. */
export async function measureHanging(): Promise<HangingResult> {
  const servers = await startHangingServers();
  const portal = await startBenchPortal();
  try {
    const target = {
      url: `${portal.origin}${screen}`,
      cookie: await makeUser(portal.origin, "Tilda", 24),
    };
    const savers = await Promise.all(
      Array.from({ length: users }, (_, index) => makeSaver(portal.origin, index)),
    );
    await portal.restart();
    const measure = (seconds: number) => measureWindow(seconds, target, portal.pid());
    await measure(windowSeconds);
    const result: HangingResult = {
      database: portal.database,
      idle: [],
      held: [],
      fewestHeld: Number.POSITIVE_INFINITY,
    };
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`idle, round ${round} of ${rounds}\n`);
      result.idle.push(await measure(windowSeconds));
      process.stderr.write(`${serversWanted} hanging servers, round ${round} of ${rounds}\n`);
      const saves = await startSaves(savers, servers.ports, round);
      await servers.untilAllHold();
      const before = servers.holding();
      result.held.push(await measure(windowSeconds));
      result.fewestHeld = Math.min(result.fewestHeld, before, servers.holding());
      await expectTimedOut(saves);
    }
    return result;
  } finally {
    await portal.remove();
    servers.stop();
  }
}

async function measureWindow(seconds: number, target: Target, pid: number): Promise<Window> {
  const [cpuBefore, began] = [cpuTimeMs(pid), performance.now()];
  const times = await loadSteadily(seconds, target);
  return { times, cpuShare: (cpuTimeMs(pid) - cpuBefore) / (performance.now() - began) };
}

type Saver = { client: NoScriptClient; filled: FilledForm };

/** A user with the Add New Credential form open. */
async function makeSaver(origin: string, index: number): Promise<Saver> {
  const client = new NoScriptClient(origin);
  const email = `saver-${index}@example.com`;
  await client.submit("/sign-up", { name: `Saver ${index}`, email, password: "a long password of a saver" });
  const fields = {
    name: "",
    description: "",
    baseUrl: "",
    username: `saver-${index}`,
    password: "not looked at",
  };
  return { client, filled: await client.fillIn(form, fields) };
}

/** Presses Save once for every server, evenly over time and users. Resolves when the last Save is sent. */
async function startSaves(savers: readonly Saver[], ports: readonly number[], round: number) {
  const saves: Promise<Response>[] = [];
  const began = performance.now();
  for (const [index, port] of ports.entries()) {
    const due = began + (index * 1000) / savesPerSecond;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    const saver = savers[index % savers.length];
    if (!saver) throw new Error("nobody is there to save");
    const body = new FormData();
    for (const [name, value] of saver.filled.body) body.append(name, value);
    body.set("name", `Round ${round}, server ${index}`);
    body.set("baseUrl", `http://127.0.0.1:${port}`);
    saves.push(saver.client.post(saver.filled.path, body));
  }
  return saves;
}

async function expectTimedOut(saves: readonly Promise<Response>[]): Promise<void> {
  const answers = await Promise.all(saves.map(async (save) => (await save).text()));
  const others = answers.filter((html) => !html.includes("The server took too long to answer"));
  if (others.length === 0) return;
  const heard = /role="alert"[\s\S]{0,600}/.exec(others[0] ?? "")?.[0].replace(/<[^>]*>/g, " ");
  throw new Error(`${others.length} of ${saves.length} checks were not held until their limit: ${heard}`);
}

async function startHangingServers() {
  const child = fork(join(import.meta.dirname, "hanging-servers.ts"), [String(serversWanted)]);
  let holding = 0;
  const ports = await new Promise<number[]>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the hanging servers ended with ${code}`)));
    // The child's messages have this type; IPC declares them as unknown.
    child.on("message", (message) => {
      const told = message as Told;
      if ("ports" in told) resolve(told.ports);
      else holding = told.holding;
    });
  });
  return {
    ports,
    holding: () => holding,
    /** Waits until all servers hold a request, three seconds at most. */
    untilAllHold: async () => {
      for (let turn = 0; turn < 60 && holding < serversWanted; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop: () => child.disconnect(),
  };
}
