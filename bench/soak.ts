import { Visitor } from "../e2e/visitor";
import { startBenchPortal } from "./bench-portal";
import { type Held, heldBy } from "./held-by";
import { soakRound } from "./soak-round";

const people = 4;
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
    const visitors = await Promise.all(
      Array.from({ length: people }, async (_, index) => {
        const visitor = new Visitor(portal.origin);
        const email = `soaker-${index}@example.com`;
        await visitor.submit("/sign-up", {
          name: `Soaker ${index}`,
          email,
          password: "a long password to soak",
        });
        return visitor;
      }),
    );
    const samples: Held[] = [];
    const sampling = setInterval(() => samples.push(heldBy(portal.pid())), sampleEveryMs);
    const until = Date.now() + minutes * 60_000;
    let requests = 0;
    const work = async (visitor: Visitor) => {
      while (Date.now() < until) {
        requests += await soakRound(visitor);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    await Promise.all(visitors.map(work)).finally(() => clearInterval(sampling));
    return { database: portal.database, minutes, requests, samples };
  } finally {
    await portal.remove();
  }
}
