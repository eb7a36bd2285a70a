import { randomUUID } from "node:crypto";
import { Agent, get } from "node:http";
import { startBenchPortal } from "./bench-portal";
import { makeUser } from "./tile-maker";

const pages = ["", "/history", "/share"];
const theirs = 24;
const turns = 600;
const warmUpTurns = 60;

/** The kinds of id; unknown ids appear twice, so that one comparison shows the machine's own noise. */
export const groups = ["nothing", "nothing, once more", "another's"] as const;
export type Group = (typeof groups)[number];

/** The times of each page by kind of id, in milliseconds. */
export type OutsidersResult = {
  database: "PostgreSQL" | "embedded";
  pages: readonly { readonly page: string; readonly times: Record<Group, number[]> }[];
};

/**
 * Requests, without rights to them, pages of another user's credentials and of unknown ids. One request at a time, the
 * kinds in turns and each turn in another order, so that only the id differs.
 */
export async function measureOutsiders(): Promise<OutsidersResult> {
  const portal = await startBenchPortal();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const ids = await idsOf(portal.origin, await makeUser(portal.origin, "Otto", theirs));
    const cookie = await makeUser(portal.origin, "Outsider", 1);
    await portal.restart();
    const ask = (page: string, id: string) =>
      timeOf(`${portal.origin}/credentials/${id}${page}`, cookie, agent);
    const measured: { page: string; times: Record<Group, number[]> }[] = [];
    for (const page of pages) {
      process.stderr.write(`pages /credentials/…${page}\n`);
      const times: Record<Group, number[]> = { nothing: [], "nothing, once more": [], "another's": [] };
      for (let turn = -warmUpTurns; turn < turns; turn += 1) {
        for (const group of orderOf(turn)) {
          const id = group === "another's" ? ids[Math.abs(turn) % ids.length] : randomUUID();
          const time = await ask(page, id ?? "");
          if (turn >= 0) times[group].push(time);
        }
      }
      measured.push({ page: `/credentials/…${page}`, times });
    }
    return { database: portal.database, pages: measured };
  } finally {
    agent.destroy();
    await portal.remove();
  }
}

function orderOf(turn: number): Group[] {
  const first = Math.abs(turn) % groups.length;
  return [...groups.slice(first), ...groups.slice(0, first)];
}

async function idsOf(origin: string, cookie: string): Promise<string[]> {
  const html = await (await fetch(`${origin}/credentials`, { headers: { cookie } })).text();
  const ids = [...new Set([...html.matchAll(/\/credentials\/([0-9a-f-]{36})/g)].map(([, id = ""]) => id))];
  if (ids.length < theirs) throw new Error(`there are ${ids.length} credentials instead of ${theirs}`);
  return ids;
}

function timeOf(url: string, cookie: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = get(url, { agent, headers: { cookie } }, (response) => {
      response.resume();
      response.once("error", reject);
      response.once("end", () => {
        // An existing page, or a redirect to sign-in, would prove nothing.
        if (response.statusCode === 404) resolve(performance.now() - began);
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    request.once("error", reject);
  });
}
