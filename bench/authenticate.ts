import { documentOf } from "@/e2e/html";
import { type BenchPortal, startBenchPortal } from "./bench-portal";
import { timeFirstSight } from "./first-sight";
import { loadFor, type Round, type Target } from "./load";
import { type PageWeight, weighPages } from "./page-weight";
import { type SmallestPage, startSmallestPage } from "./smallest-page";
import { makeUser } from "./tile-maker";

const screen = "/sources/new/bitbucket-server";
const rounds = Number(process.env.BENCH_ROUNDS || 3);
const roundSeconds = 8;
const warmUpSeconds = 4;
const firstSights = 5;

/** One page of the comparison with all its measurements. `visibleMs`: from the address to its first content, cold. */
export type Measured = { name: string; rounds: Round[]; weight: PageWeight; visibleMs: number[] };

/** The whole comparison. */
export type AuthenticateResult = {
  database: BenchPortal["database"];
  pages: Measured[];
  /** Null if the database does not count transactions. */
  transactionsPerRequest: number | null;
};

type Page = Target & {
  name: string;
  serverPid: () => number;
  /** Its content, and how many of it a response must hold: a quick page without content would prove nothing. */
  content: string;
  count: number;
};

/**
 * Compares the Authenticate screen with 24 tiles and without, the list of 50 credentials, a credential's page and the
 * start page with the smallest dynamic page, in one run.
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
    const visible = await timeFirstSight(pages, firstSights);
    const measured = pages.map(({ name }, index) => ({
      name,
      rounds: [] as Round[],
      weight: weightAt(weights, index),
      visibleMs: visible[index] ?? [],
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
  const nora = await makeUser(portal.origin, "Nora", 0);
  const tilda = await makeUser(portal.origin, "Tilda", 24);
  const fifi = await makeUser(portal.origin, "Fifi", 50);
  const list = `${portal.origin}/credentials`;
  const rows = (await documentAt({ url: list, cookie: fifi })).querySelectorAll("tbody th a");
  const one = `${portal.origin}${rows[0]?.getAttribute("href") ?? "/"}`;
  const url = `${portal.origin}${screen}`;
  const serverPid = () => portal.pid();
  const pages = [
    {
      ...{ name: "smallest page", url: `${smallest.origin}/`, cookie: "", serverPid: () => smallest.pid },
      ...{ content: "body > p", count: 1 },
    },
    { name: "no tiles", url, serverPid, cookie: nora, content: `form a[href$="/credentials/new"]`, count: 1 },
    { name: "24 tiles", url, serverPid, cookie: tilda, content: "label:has(input[type=radio])", count: 24 },
    { name: "50 credentials", url: list, serverPid, cookie: fifi, content: "tbody th a", count: 50 },
    { name: "a credential", url: one, serverPid, cookie: fifi, content: "main dl", count: 1 },
    { name: "start page", url: `${portal.origin}/`, serverPid, cookie: fifi, content: "main li a", count: 3 },
  ];
  for (const page of pages) await requireContent(page);
  return pages;
}

async function requireContent(page: Page): Promise<void> {
  const found = (await documentAt(page)).querySelectorAll(page.content).length;
  if (found !== page.count) throw new Error(`${page.name}: found ${found} of ${page.count} ${page.content}`);
}

async function documentAt({ url, cookie }: Target) {
  const answer = await fetch(url, { headers: cookie ? { cookie } : {} });
  return documentOf(await answer.text());
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
      if (page.cookie) requests += load.requests;
      if (!isWarmUp) measured[index]?.rounds.push(load);
    }
  }
  return requests;
}
