import { NoScriptClient } from "../e2e/no-script-client";
import { startBenchPortal } from "./bench-portal";
import { grantedTo, type Held } from "./memory-of";
import { soakRound } from "./soak-round";

const users = 4;
const sampleEveryMs = 10_000;
// Below the limit of actions per person and minute, three of which a round takes.
const pauseMs = 4_000;

export type SoakResult = {
  readonly database: "PostgreSQL" | "embedded";
  readonly minutes: number;
  readonly requests: number;
  readonly samples: readonly Held[];
};

/** Uses a portal for as many minutes as `SOAK_MINUTES` says (60 where it is unset), and looks every ten seconds at what it holds. */
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
    const sampling = setInterval(() => samples.push(grantedTo(portal.pid())), sampleEveryMs);
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
