import { NoScriptClient } from "../e2e/no-script-client";
import { startBenchPortal } from "./bench-portal";
import { type Held, memoryOf } from "./memory-of";
import { soakRound } from "./soak-round";

const users = 4;
const sampleEveryMs = 10_000;
// Keeps each user below the limit of actions per minute; a round takes three.
const pauseMs = 4_000;

export type SoakResult = {
  readonly database: "PostgreSQL" | "embedded";
  readonly minutes: number;
  readonly requests: number;
  readonly samples: readonly Held[];
};

/** Uses a portal for `SOAK_MINUTES` (default 60) and samples its memory and handles every ten seconds. */
export async function measureSoak(): Promise<SoakResult> {
  const minutes = Number(process.env.SOAK_MINUTES || 60);
  if (!(minutes > 0)) throw new Error("SOAK_MINUTES must be a number of minutes above 0.");
  const portal = await startBenchPortal();
  try {
    const clients = await Promise.all(
      Array.from({ length: users }, async (_, index) => {
        const client = new NoScriptClient(portal.origin);
        const email = `soaker-${index}@example.com`;
        await client.submit("/sign-up", {
          name: `Soaker ${index}`,
          email,
          password: "a long password to soak",
        });
        return client;
      }),
    );
    const samples: Held[] = [];
    const sampling = setInterval(() => samples.push(memoryOf(portal.pid())), sampleEveryMs);
    const until = Date.now() + minutes * 60_000;
    let requests = 0;
    const work = async (client: NoScriptClient) => {
      while (Date.now() < until) {
        requests += await soakRound(client);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    await Promise.all(clients.map(work)).finally(() => clearInterval(sampling));
    return { database: portal.database, minutes, requests, samples };
  } finally {
    await portal.remove();
  }
}
