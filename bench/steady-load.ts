import { Agent, get } from "node:http";
import type { Target } from "./load";

const perSecond = 10;

/**
 * Requests a page ten times a second, without waiting for earlier responses. Each time is measured from the due moment,
 * so that a slow portal cannot reduce the load. Throws if any response is not the page.
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
