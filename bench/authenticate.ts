import { type BenchPortal, startBenchPortal } from "./bench-portal";
import { loadFor, type Round, type Target } from "./load";
import { type PageWeight, weighPages } from "./page-weight";
import { type SmallestPage, startSmallestPage } from "./smallest-page";
import { makeUser } from "./tile-maker";

const screen = "/sources/new/bitbucket-server";
const rounds = 3;
const roundSeconds = 8;
const warmUpSeconds = 4;

/** One page of the comparison with all its measurements. */
export type Measured = { name: string; rounds: Round[]; weight: PageWeight };

/** The whole comparison. */
export type AuthenticateResult = {
  database: BenchPortal["database"];
  pages: Measured[];
  /** Null if the database does not count transactions. */
  transactionsPerRequest: number | null;
};

type Page = Target & { name: string; serverPid: () => number };

/**
 * Compares the Authenticate screen with 24 tiles, the same screen without tiles, and the smallest dynamic page, in one
 * run.
 */
export async function measureAuthenticate(): Promise<AuthenticateResult> {
  const smallest = await startSmallestPage();
  const portal = await startBenchPortal().catch(async (error: unknown) => {
    await smallest.stop();
    throw error;
  });
  try {
    const pages = await preparePages(smallest, portal);
    await portal.restart();
    const weights = await weighPages(pages);
    const measured = pages.map(({ name }, index) => ({
      name,
      rounds: [] as Round[],
      weight: weightAt(weights, index),
    }));
    const requests = await takeTurns(pages, measured);
    const transactions = await portal.finish();
    return {
      database: portal.database,
      pages: measured,
      transactionsPerRequest: transactions === null ? null : transactions / requests,
    };
  } finally {
    await Promise.all([smallest.stop(), portal.remove()]);
  }
}

async function preparePages(smallest: SmallestPage, portal: BenchPortal): Promise<Page[]> {
  const url = `${portal.origin}${screen}`;
  const serverPid = () => portal.pid();
  const pages = [
    { name: "smallest page", url: `${smallest.origin}/`, cookie: "", serverPid: () => smallest.pid },
    { name: "no tiles", url, serverPid, cookie: await makeUser(portal.origin, "Nora", 0) },
    { name: "24 tiles", url, serverPid, cookie: await makeUser(portal.origin, "Tilda", 24) },
  ];
  for (const [index, tiles] of [0, 0, 24].entries()) await requireTiles(pages[index], tiles);
  return pages;
}

async function requireTiles(page: Page | undefined, wanted: number): Promise<void> {
  const answer = page && (await fetch(page.url, { headers: page.cookie ? { cookie: page.cookie } : {} }));
  const found = (await answer?.text())?.match(/<input\b[^>]*type="radio"/g)?.length ?? 0;
  if (found !== wanted) throw new Error(`${page?.name}: found ${found} tiles instead of ${wanted}`);
}

function weightAt(weights: readonly PageWeight[], index: number): PageWeight {
  const weight = weights[index];
  if (!weight) throw new Error("a page was not weighed");
  return weight;
}

// Pages take turns, so that other load on the machine affects each page alike. Returns the number of answered requests.
async function takeTurns(pages: readonly Page[], measured: readonly Measured[]): Promise<number> {
  let requests = 0;
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, page] of pages.entries()) {
      const isWarmUp = round === 0;
      process.stderr.write(`${page.name}, ${isWarmUp ? "warming up" : `round ${round} of ${rounds}`}\n`);
      const load = await loadFor(isWarmUp ? warmUpSeconds : roundSeconds, page, page.serverPid());
      if (page.url.endsWith(screen)) requests += load.requests;
      if (!isWarmUp) measured[index]?.rounds.push(load);
    }
  }
  return requests;
}
