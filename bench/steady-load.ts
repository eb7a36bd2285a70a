import { Agent, get } from "node:http";
import type { Target } from "./load";

const perSecond = 10;

/**
 * Asks for a page ten times a second, whether earlier answers have come or not, and returns how long each took from the
 * moment at which it was due, in milliseconds: a portal that falls behind cannot slow the load down and look good. Throws
 * when any answer is not the page.
 */
export async function loadSteadily(seconds: number, target: Target): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const requested: Promise<number>[] = [];
  const began = performance.now();
  for (let turn = 0; turn < seconds * perSecond; turn += 1) {
    const due = began + (turn * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    requested.push(ask(target, agent).then(() => performance.now() - due));
  }
  try {
    return await Promise.all(requested);
  } finally {
    agent.destroy();
  }
}

function ask({ url, cookie }: Target, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { cookie, "accept-encoding": "gzip" } }, (response) => {
      response.resume();
      response.once("error", reject);
      response.once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    request.once("error", reject);
  });
}
