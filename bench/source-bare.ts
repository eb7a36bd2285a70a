import { Client } from "undici";
import { serveParent } from "./source-process";

/** How a bare loop reads: the base URL, what it holds, and records per page. */
export type BareReading = {
  readonly origin: string;
  readonly basePath: string;
  readonly repositories: number;
  readonly limit: number;
  /** Ends before all is read. */
  readonly mostPages?: number;
};

export type BareResult = { readonly records: number; readonly pages: number; readonly seconds: number };

type Page = { values: unknown[]; isLastPage: boolean; nextPageStart?: number };

/**
 * The list of repositories, then two connections, each with one repository after the other, page by page; parses each
 * page and stores nothing.
 */
async function read({ origin, basePath, repositories, limit, mostPages }: BareReading): Promise<BareResult> {
  let [records, pages, nextRepository] = [0, 0, 0];
  const from = performance.now();
  const listing = new Client(origin);
  const list = await listing.request({ method: "GET", path: `${basePath}/rest/api/1.0/repos?limit=1000` });
  JSON.parse(await list.body.text());
  await listing.close();
  const lane = async () => {
    const client = new Client(origin);
    while (nextRepository < repositories) {
      const repository = nextRepository;
      nextRepository += 1;
      for (let start: number | undefined = 0; start !== undefined; ) {
        if (pages >= (mostPages ?? Number.POSITIVE_INFINITY)) break;
        pages += 1;
        const path = `${basePath}/rest/api/1.0/projects/SHOP/repos/service-${repository}/commits`;
        const answer = await client.request({ method: "GET", path, query: { limit, start } });
        // The page server's own answer.
        const page = JSON.parse(await answer.body.text()) as Page;
        records += page.values.length;
        start = page.nextPageStart;
      }
    }
    await client.close();
  };
  await Promise.all([lane(), lane()]);
  return { records, pages, seconds: (performance.now() - from) / 1000 };
}

serveParent({ read });
