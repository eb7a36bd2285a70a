import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { commitsPage, readPath, repositoriesPage } from "./source-pages";
import { serveParent } from "./source-process";

/** Above that, pages are made anew: 1,000,000 commits would fill 400 MB. */
const mostKept = 256;
const kept = new Map<string, Buffer>();
let most = 0;
let calls = 0;
let now = 0;

// Pages that were made before cost this process some 0.2 ms, so that it never is the bottleneck.
const server = createServer((request, response) => {
  now += 1;
  most = Math.max(most, now);
  calls += 1;
  const url = new URL(request.url ?? "/", "http://localhost");
  const read = readPath(url.pathname);
  const body = read && (kept.get(url.href) ?? make(read, url.searchParams));
  if (body && kept.size < mostKept) kept.set(url.href, body);
  setTimeout(() => {
    now -= 1;
    response.writeHead(body ? 200 : 404, {
      ...{ "content-type": "application/json;charset=UTF-8", "x-ausername": "jcitizen" },
      "content-length": body?.length ?? 0,
    });
    response.end(body ?? undefined);
  }, read?.delayMs ?? 0);
});

function make({ holdings, rest }: NonNullable<ReturnType<typeof readPath>>, query: URLSearchParams) {
  const start = Number(query.get("start") ?? 0);
  const limit = Math.min(1000, Number(query.get("limit") ?? 25));
  const number = /\/repos\/service-(\d+)\/commits$/.exec(rest)?.[1];
  if (number !== undefined) return Buffer.from(commitsPage(holdings, Number(number), start, limit));
  return rest.endsWith("/repos") ? Buffer.from(repositoriesPage(holdings, start, limit)) : null;
}

server.listen(0, "127.0.0.1", () => {
  // Listening on a port, so the address is an object.
  const { port } = server.address() as AddressInfo;
  serveParent({
    origin: async () => `http://localhost:${port}`,
    /** The calls since the last time, and how many were under way at once. */
    counters: async () => {
      const counted = { calls, most };
      calls = 0;
      most = now;
      return counted;
    },
  });
});
