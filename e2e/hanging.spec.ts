import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Told } from "../bench/hanging-servers";
import { expect, signUpSomebody, test, type User } from "./fixtures";
import { addCredentialPath } from "./page-objects";
import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";

const servers = 40;
const users = 8;

/** Servers that send one piece of a response a second, in a process of their own. */
async function startHangingServers(): Promise<{
  ports: number[];
  holding: () => number;
  child: ChildProcess;
}> {
  const child = fork(join(import.meta.dirname, "../bench/hanging-servers.ts"), [String(servers)], {
    execArgv: ["--import", "tsx"],
  });
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
  return { ports, holding: () => holding, child };
}

/** Presses Save for one server; the answer comes when its check ends. */
async function saveFor({ client }: User, port: number): Promise<Response> {
  const fields = {
    name: `Hanging ${port}`,
    description: "",
    baseUrl: `http://127.0.0.1:${port}`,
    username: `somebody-${port}`,
    password: "not looked at",
  };
  const { path, body } = await client.fillIn(addCredentialPath, fields);
  return client.post(path, body);
}

test("28 pages and changes are answered while many slow servers hold checks", async () => {
  test.setTimeout(300_000);
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  const { ports, holding, child } = await startHangingServers();
  const savers: User[] = [];
  while (savers.length < users) savers.push(await signUpSomebody(portal.origin));
  const reader = await signUpSomebody(portal.origin);

  const answered: string[] = [];
  // The portal is killed at the end, which also ends the Saves with hanging checks.
  const saves = ports.map(async (port, index) => {
    const saver = savers[index % users];
    const answer = saver && (await saveFor(saver, port).catch(() => null));
    if (answer) answered.push(`${port}: ${answer.status}`);
  });
  await expect.poll(holding, { timeout: 60_000 }).toBe(servers);
  const requests: (() => Promise<Response>)[] = [
    () => reader.client.get("/"),
    () => reader.client.submit("/account", { name: "Changed" }),
    ...["/sources/new/bitbucket-server", "/credentials", "/sources", "/account", "/teams"].map(
      (path) => () => reader.client.get(path),
    ),
  ];
  const statuses: number[] = [];
  for (const request of requests) {
    const { status } = await request();
    // Only responses while every check still hangs count, however slow this machine is.
    if (holding() === servers && answered.length === 0) statuses.push(status);
  }
  expect(statuses.length).toBeGreaterThanOrEqual(3);
  expect(statuses.filter((status) => status >= 400)).toEqual([]);

  await portal.kill();
  child.disconnect();
  await Promise.all(saves);
  await home.remove();
});
